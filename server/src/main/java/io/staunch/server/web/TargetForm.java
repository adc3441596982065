package io.staunch.server.web;

import io.staunch.collect.ProcessProbe;
import io.staunch.collect.Target;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.diagnose.JsonForm;
import io.staunch.diagnose.Observations;
import io.staunch.server.Outcome;
import io.staunch.server.OutcomeForm;
import io.staunch.server.WatchedTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A target in JSON: in brief for the overview, or all that is known.
final class TargetForm {
    private static final int MOST_POINTS = 600;

    private static final List<Series> FLOORS = List.of(
            Series.LIVE_SET,
            Series.LIVE_SET.of("upper bound"),
            Series.HEAP_USED,
            Series.REDIS_USED_MEMORY,
            ProcessProbe.ANONYMOUS,
            Series.RSS);

    private TargetForm() {}

    static Map<String, Object> brief(WatchedTarget one) {
        Map<String, Object> form = new LinkedHashMap<>();
        Target target = one.target();
        form.put("id", one.id());
        form.put("service", one.service());
        form.putAll(OutcomeForm.target(target));
        if (!target.started().equals(Instant.EPOCH)) {
            form.put("started", target.started().toString());
        }
        one.why().ifPresent(why -> form.put("notWatched", why));
        one.outcome().ifPresent(outcome -> known(form, outcome));
        return form;
    }

    private static void known(Map<String, Object> form, Outcome outcome) {
        form.put("watchedSeconds", outcome.watched().toSeconds());
        form.put("verdict", JsonForm.verdict(outcome.diagnosis().overall()));
        outcome.diagnosis()
                .culprit()
                .flatMap(culprit -> culprit.lead())
                .ifPresent(lead -> form.put("pilesUp", lead.type()));
        Observations seen = outcome.observations();
        floor(seen)
                .ifPresent(series -> form.put(
                        "floor",
                        series(seen, series, Sparkline.of(seen.histories().getOrDefault(series, List.of())))));
        form.put("cost", OutcomeForm.cost(outcome.cost()));
        outcome.cutShort().ifPresent(why -> form.put("cutShort", why));
    }

    /// The memory in use as it is known best, of a heap its floor.
    private static Optional<Series> floor(Observations seen) {
        return FLOORS.stream()
                .filter(series ->
                        seen.histories().getOrDefault(series, List.of()).size() > 1)
                .findFirst();
    }

    static Map<String, Object> whole(WatchedTarget one) {
        Map<String, Object> form = brief(one);
        one.outcome().ifPresent(outcome -> {
            form.put("check", OutcomeForm.of(outcome));
            List<Object> history = new ArrayList<>();
            Observations seen = outcome.observations();
            seen.histories().keySet().stream()
                    .sorted((a, b) -> a.name().compareTo(b.name()))
                    .forEach(series -> history.add(series(
                            seen, series, points(seen.histories().getOrDefault(series, List.of()), MOST_POINTS))));
            form.put("history", history);
        });
        return form;
    }

    private static Map<String, Object> series(Observations seen, Series series, List<List<Number>> points) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("series", series.name());
        form.put("unit", series.unit().symbol());
        Double limit = seen.limits().get(series);
        if (limit != null) {
            form.put("limit", limit);
        }
        form.put("points", points);
        return form;
    }

    /// Seconds since 1970 and value; of a long history every nth, and always the last.
    private static List<List<Number>> points(List<Sample> samples, int most) {
        int step = Math.max(1, (samples.size() + most - 1) / most);
        List<List<Number>> points = new ArrayList<>();
        for (int i = (samples.size() - 1) % step; i < samples.size(); i += step) {
            Sample sample = samples.get(i);
            points.add(List.of(sample.at().toEpochMilli() / 1e3, sample.value()));
        }
        return points;
    }
}
