package io.staunch.server.web;

import io.staunch.detect.Comparison;
import io.staunch.detect.DetectorOptions;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.server.Outcome;
import io.staunch.server.WatchedTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Judges the instances of one release of a service beside those of another. In doubt it says so and why: a judge that
/// can't tell must stop a rollout, never undo it.
final class Gate {
    /// What a canary may grow faster by, an hour, unless the caller says otherwise.
    static final long TOLERABLE_BYTES = 16L << 20;

    /// Of ever failing a canary that is no worse.
    private static final double RISK = 0.01;

    private static final List<Series> FLOORS = List.of(Series.LIVE_SET, Series.LIVE_SET.of("upper bound"));

    private Gate() {}

    /// The three answers there are.
    enum Answer {
        PASS("pass"),
        FAIL("fail"),
        UNSURE("unsure");

        private final String word;

        Answer(String word) {
            this.word = word;
        }
    }

    /// @param rate what the canary grows faster by, an hour; absent if that can't be told
    record Judged(Answer answer, String why, Optional<Verdict.Rate> rate) {
        static Judged unsure(String why) {
            return new Judged(Answer.UNSURE, why, Optional.empty());
        }

        /// As `staunch.gate/1`.
        Map<String, Object> form() {
            Map<String, Object> form = new LinkedHashMap<>();
            form.put("schema", "staunch.gate/1");
            form.put("verdict", answer.word);
            form.put("why", why);
            rate.ifPresent(known -> {
                form.put("ratePerHour", Math.round(known.perHour()));
                form.put("rateLow", Math.round(known.low()));
                form.put("rateHigh", Math.round(known.high()));
            });
            return form;
        }
    }

    /// What is to be judged.
    ///
    /// @param tolerable bytes an hour
    record Question(String service, String baseline, String canary, long tolerable) {}

    static Judged judge(Question question, List<WatchedTarget> targets) {
        List<WatchedTarget> canaries = instances(targets, question.service(), question.canary());
        List<WatchedTarget> baselines = instances(targets, question.service(), question.baseline());
        if (canaries.isEmpty() || baselines.isEmpty()) {
            return Judged.unsure("no instance of " + question.service() + " in the release of the "
                    + (canaries.isEmpty() ? "canary" : "baseline") + " is watched");
        }
        Optional<String> leak = leak(canaries);
        if (leak.isPresent() && leak(baselines).isEmpty()) {
            return new Judged(
                    Answer.FAIL, "the canary leaks and the baseline does not: " + leak.get(), Optional.empty());
        }
        Comparison comparison = Comparison.of(DetectorOptions.floor(), RISK, (double) question.tolerable());
        baselines(baselines, comparison);
        values(canaries).forEach(value -> comparison.canary(value.uptimeSeconds(), value.bytes()));
        return switch (comparison.answer()) {
            case Comparison.Answer.Worse(var rate, var _, var why) ->
                new Judged(Answer.FAIL, "the canary " + why, Optional.of(rate));
            case Comparison.Answer.NoWorse(var rate, var why) ->
                new Judged(Answer.PASS, "the canary " + why, Optional.of(rate));
            case Comparison.Answer.Undecided(var why) -> Judged.unsure(why);
        };
    }

    private static void baselines(List<WatchedTarget> baselines, Comparison comparison) {
        values(baselines).forEach(value -> comparison.baseline(value.uptimeSeconds(), value.bytes()));
    }

    private static List<WatchedTarget> instances(List<WatchedTarget> targets, String service, String release) {
        return targets.stream()
                .filter(target -> target.service().equals(service))
                .filter(target ->
                        target.target().release().filter(release::equals).isPresent())
                .filter(target -> target.outcome().isPresent())
                // By uptime nothing can be compared that does not say when it began.
                .filter(target -> !target.target().started().equals(Instant.EPOCH))
                .toList();
    }

    private static Optional<String> leak(List<WatchedTarget> instances) {
        return instances.stream()
                .flatMap(target -> target.outcome().stream())
                .map(outcome -> outcome.diagnosis().overall())
                .filter(overall -> overall.isLeak())
                .map(overall -> overall.verdict().why())
                .findFirst();
    }

    private record Value(double uptimeSeconds, double bytes) {}

    /// The floors of all instances together, by uptime.
    private static List<Value> values(List<WatchedTarget> instances) {
        List<Value> values = new ArrayList<>();
        for (WatchedTarget instance : instances) {
            for (Sample sample : floor(instance.outcome().orElseThrow())) {
                Duration uptime = Duration.between(instance.target().started(), sample.at());
                values.add(new Value(uptime.toMillis() / 1e3, sample.value()));
            }
        }
        values.sort(Comparator.comparingDouble(Value::uptimeSeconds));
        return values;
    }

    private static List<Sample> floor(Outcome outcome) {
        return FLOORS.stream()
                .map(series -> outcome.observations().histories().getOrDefault(series, List.of()))
                .filter(samples -> !samples.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
