package io.staunch.cli.check;

import io.staunch.collect.MetricsInstance;
import io.staunch.collect.Target;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.JsonForm;
import io.staunch.server.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Tells on standard error what a check is about to do and has found.
final class CheckProgress implements Consumer<Progress> {
    private final PrintStream out;
    /// The longest pause that was announced for each operation: it is announced again only when it gets much longer.
    private final Map<String, Duration> announced = new HashMap<>();

    CheckProgress(PrintStream out) {
        this.out = out;
    }

    void begin(Target target, Duration watch) {
        out.println("watching " + TargetWords.of(target) + " for " + Figures.duration(watch));
    }

    void beginInstances(List<MetricsInstance> instances) {
        out.println("reading the history of "
                + instances.stream().map(TargetWords::of).collect(Collectors.joining("; ")));
    }

    /// What happens in one instance of many.
    Consumer<Progress> of(MetricsInstance instance) {
        return progress -> {
            if (progress instanceof Progress.StepSkipped(var _, var why)) {
                leftOut(instance.instance() + ": " + why);
            }
        };
    }

    @Override
    public void accept(Progress progress) {
        switch (progress) {
            case Progress.VerdictChanged(var _, var overall) ->
                out.println("so far: " + JsonForm.kind(overall.verdict()) + ": "
                        + overall.verdict().why());
            case Progress.EvidenceGathered(var _, var evidence) -> out.println(evidence.statement());
            case Progress.PauseAhead(var _, var what, var predicted) -> announce(what, predicted);
            case Progress.CulpritNamed(var _, var culprit) ->
                culprit.lead().ifPresent(lead -> out.println("piles up: " + lead.type()));
            case Progress.StepSkipped(var _, var why) -> leftOut(why);
            case Progress.TargetLost _ -> {
                // The evidence said it.
            }
        }
    }

    void leftOut(String what) {
        out.println("left out: " + what);
    }

    private void announce(String what, Duration predicted) {
        Duration before = announced.get(what);
        if (before == null || predicted.compareTo(before.multipliedBy(2)) > 0) {
            announced.put(what, predicted);
            out.println("the target will stand still for about "
                    + String.format(Locale.ROOT, "%,d", predicted.toMillis()) + " ms for "
                    + (what.startsWith("class histogram") ? "each " : "a ") + what);
        }
    }
}
