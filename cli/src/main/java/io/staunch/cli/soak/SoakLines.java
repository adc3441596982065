package io.staunch.cli.soak;

import io.staunch.cli.check.TargetWords;
import io.staunch.collect.Target;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.JsonForm;
import io.staunch.server.Progress;
import io.staunch.server.soak.SideName;
import io.staunch.server.soak.SoakListener;
import io.staunch.server.soak.SoakPlan;
import java.io.PrintStream;
import java.nio.file.Path;

/// Tells on standard error what a soak does and has found.
final class SoakLines implements SoakListener {
    private final PrintStream out;
    private Path place = Path.of("");

    SoakLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void starting(Path logs) {
        place = logs;
    }

    @Override
    public void waits(SideName side) {
        line(side, "is not ready yet; what it prints goes to " + place.resolve(side + ".log"));
    }

    @Override
    public void ready(SideName side, Target target) {
        line(side, "ready: " + TargetWords.of(target));
    }

    @Override
    public void begins(SoakPlan plan) {
        out.println("under load for " + Figures.duration(plan.time()) + ", what is printed goes to " + place
                + "; JVMs stand still for class histograms, at most a twentieth of the time");
    }

    @Override
    public void told(SideName side, Progress progress) {
        switch (progress) {
            case Progress.VerdictChanged(var _, var overall) ->
                line(
                        side,
                        "so far: " + JsonForm.kind(overall.verdict()) + ": "
                                + overall.verdict().why());
            case Progress.CulpritNamed(var _, var culprit) ->
                culprit.lead().ifPresent(lead -> line(side, "piles up: " + lead.type()));
            case Progress.StepSkipped(var _, var why) -> line(side, "left out: " + why);
            case Progress.TargetLost(var _, var why) -> line(side, "lost: " + why);
            case Progress.EvidenceGathered _, Progress.PauseAhead _ -> {
                // The result has the observations, and what pauses there were.
            }
        }
    }

    private void line(SideName side, String what) {
        out.println(side + ": " + what);
    }
}
