package io.staunch.cli.watch;

import io.staunch.collect.Target;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.JsonForm;
import io.staunch.server.Progress;
import io.staunch.server.WatchEvent;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/// One line for each thing that a watch has to say, as text or as a JSON object. Safe for several threads.
final class WatchLines implements Consumer<WatchEvent> {
    private final PrintStream out;
    private final boolean json;
    private final JsonMapper mapper = new JsonMapper();

    WatchLines(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    @Override
    public void accept(WatchEvent event) {
        Target target = event.target();
        switch (event) {
            case WatchEvent.Found _ -> say(Instant.now(), target, "watched", Map.of(), "watched from now on");
            case WatchEvent.NotWatched(var _, var why) ->
                say(Instant.now(), target, "not watched", Map.of("why", why), "not watched: " + why);
            case WatchEvent.Progressed(var _, var progress, var _) -> progressed(target, progress);
        }
    }

    /// Something that is done about a service.
    synchronized void tell(Instant at, String service, String sentence) {
        if (!json) {
            out.println(at.truncatedTo(ChronoUnit.SECONDS) + "  " + service + "  " + sentence);
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("schema", "staunch.watch/1");
        line.put("at", at.toString());
        line.put("service", service);
        line.put("event", "response");
        line.put("sentence", sentence);
        out.println(mapper.writeValueAsString(line));
    }

    private void progressed(Target target, Progress progress) {
        switch (progress) {
            case Progress.VerdictChanged(var at, var overall) ->
                say(
                        at,
                        target,
                        "verdict",
                        Map.of("verdict", JsonForm.verdict(overall)),
                        JsonForm.kind(overall.verdict()) + ": "
                                + overall.verdict().why());
            case Progress.EvidenceGathered(var at, var evidence) ->
                say(at, target, "evidence", Map.of("evidence", evidence.statement()), evidence.statement());
            case Progress.CulpritNamed(var at, var culprit) ->
                say(at, target, "culprit", Map.of("culprit", JsonForm.culprit(culprit)), words(culprit));
            case Progress.TargetLost(var at, var why) -> say(at, target, "lost", Map.of("why", why), "lost: " + why);
            case Progress.PauseAhead _, Progress.StepSkipped _ -> {
                // Many and small: the cost is in the outcome.
            }
        }
    }

    private static String words(Culprit culprit) {
        String type = culprit.lead()
                .map(lead -> lead.type() + " piles up")
                .orElse(culprit.shape().sentence());
        String holder = culprit.holder().isEmpty()
                ? ""
                : ", held by " + culprit.holder().getLast();
        return type + holder + culprit.library().map(purl -> ", of " + purl).orElse("");
    }

    private synchronized void say(Instant at, Target target, String event, Map<String, Object> details, String words) {
        if (!json) {
            out.println(at.truncatedTo(ChronoUnit.SECONDS) + "  " + target.title() + "  " + words);
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("schema", "staunch.watch/1");
        line.put("at", at.toString());
        line.put("kind", target.kind().toString());
        target.processId().ifPresent(pid -> line.put("pid", pid));
        line.put("name", target.name());
        line.put("instance", target.instance());
        line.put("event", event);
        line.putAll(details);
        out.println(mapper.writeValueAsString(line));
    }
}
