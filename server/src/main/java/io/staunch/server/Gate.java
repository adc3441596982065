package io.staunch.server;

import io.staunch.detect.Comparison;
import io.staunch.detect.DetectorOptions;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Figures;
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
public final class Gate {
    /// What a canary may grow faster by, an hour, unless the caller says otherwise.
    public static final long TOLERABLE_BYTES = 16L << 20;

    /// Of ever failing a canary that is no worse.
    private static final double RISK = 0.01;

    /// A canary that gets to where the baseline begins within this time need not be told of it.
    private static final Duration FAR_APART = Duration.ofHours(1);

    private static final List<Series> FLOORS = List.of(Series.LIVE_SET, Series.LIVE_SET.of("upper bound"));

    private Gate() {}

    /// The three answers there are.
    public enum Answer {
        PASS("pass"),
        FAIL("fail"),
        UNSURE("unsure");

        private final String word;

        Answer(String word) {
            this.word = word;
        }

        /// As it stands in `staunch.gate/1`.
        public String word() {
            return word;
        }
    }

    /// An answer and its reason.
    ///
    /// @param rate what the canary grows faster by, an hour; absent if that can't be told
    public record Judged(Answer answer, String why, Optional<Verdict.Rate> rate) {
        /// Without a rate, because of `why`.
        public static Judged unsure(String why) {
            return new Judged(Answer.UNSURE, why, Optional.empty());
        }

        /// As `staunch.gate/1`.
        public Map<String, Object> form() {
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
    public record Question(String service, String baseline, String canary, long tolerable) {}

    /// Judges by all instances that are watched of either release.
    public static Judged judge(Question question, List<WatchedTarget> targets) {
        List<Outcome> canaries = instances(targets, question.service(), question.canary());
        List<Outcome> baselines = instances(targets, question.service(), question.baseline());
        if (canaries.isEmpty() || baselines.isEmpty()) {
            return Judged.unsure("no instance of " + question.service() + " in the release of the "
                    + (canaries.isEmpty() ? "canary" : "baseline") + " is watched");
        }
        return judge(baselines, canaries, question.tolerable());
    }

    /// Judges instances of a canary beside those of a baseline, at least one of each. Those that do not say when they
    /// started are left out: there is nothing else to compare them by.
    ///
    /// @param tolerable bytes an hour that a canary may grow faster by
    public static Judged judge(List<Outcome> baselines, List<Outcome> canaries, long tolerable) {
        Optional<String> leak = leak(canaries);
        if (leak.isPresent() && leak(baselines).isEmpty()) {
            return new Judged(
                    Answer.FAIL, "the canary leaks and the baseline does not: " + leak.get(), Optional.empty());
        }
        List<Value> canary = values(canaries);
        List<Value> baseline = values(baselines);
        Optional<String> apart = apart(baseline, canary);
        if (apart.isPresent()) {
            return Judged.unsure(apart.get());
        }
        Comparison comparison = Comparison.of(DetectorOptions.floor(), RISK, (double) tolerable);
        baseline.forEach(value -> comparison.baseline(value.uptimeSeconds(), value.bytes()));
        canary.forEach(value -> comparison.canary(value.uptimeSeconds(), value.bytes()));
        return switch (comparison.answer()) {
            case Comparison.Answer.Worse(var rate, var _, var why) ->
                new Judged(Answer.FAIL, "the canary " + why, Optional.of(rate));
            case Comparison.Answer.NoWorse(var rate, var why) ->
                new Judged(Answer.PASS, "the canary " + why, Optional.of(rate));
            case Comparison.Answer.Undecided(var why) -> Judged.unsure(why);
        };
    }

    /// Why there is nothing in common, and won't be soon, if so: two lives are compared by their uptimes.
    private static Optional<String> apart(List<Value> baseline, List<Value> canary) {
        if (canary.isEmpty() || baseline.isEmpty()) {
            return Optional.of("no instance of the " + (canary.isEmpty() ? "canary" : "baseline")
                    + " has a live set and says when it started");
        }
        double begins = baseline.getFirst().uptimeSeconds();
        double age = canary.getLast().uptimeSeconds();
        return begins - age > FAR_APART.toSeconds()
                ? Optional.of("the baseline is known from an uptime of " + Figures.duration(seconds(begins))
                        + " on and the canary is " + Figures.duration(seconds(age))
                        + " old: start a fresh instance of the baseline beside it")
                : Optional.empty();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1e3));
    }

    private static List<Outcome> instances(List<WatchedTarget> targets, String service, String release) {
        return targets.stream()
                .filter(target -> target.service().equals(service))
                .filter(target ->
                        target.target().release().filter(release::equals).isPresent())
                .flatMap(target -> target.outcome().stream())
                .toList();
    }

    private static Optional<String> leak(List<Outcome> instances) {
        return instances.stream()
                .map(outcome -> outcome.diagnosis().overall())
                .filter(overall -> overall.isLeak())
                .map(overall -> overall.verdict().why())
                .findFirst();
    }

    private record Value(double uptimeSeconds, double bytes) {}

    /// The floors of all instances together, by uptime.
    private static List<Value> values(List<Outcome> instances) {
        List<Value> values = new ArrayList<>();
        for (Outcome instance : instances) {
            Instant started = instance.target().started();
            if (started.equals(Instant.EPOCH)) {
                continue;
            }
            for (Sample sample : floor(instance)) {
                Duration uptime = Duration.between(started, sample.at());
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
