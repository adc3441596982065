package io.staunch.server.response;

import io.staunch.collect.Cost;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Leaking;
import io.staunch.detect.Verdict.Rate;
import io.staunch.detect.Verdict.Unknown;
import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Measured;
import io.staunch.diagnose.Observations;
import io.staunch.diagnose.Shape;
import io.staunch.server.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A process of release 2.5.0 that a test says everything of.
final class Subject implements Watched {
    /// Where no process is.
    static final Sight NOWHERE = new Sight() {
        @Override
        public List<Running> running() {
            return List.of();
        }

        @Override
        public Optional<Watched> watch(Running process, boolean alone, Instant since, Consumer<Progress> listener) {
            return Optional.empty();
        }
    };

    private final String id;
    private final Instant started;
    private Duration watched = Duration.ofSeconds(30);
    private Verdict verdict = new Unknown("nothing was measured yet");
    private Optional<Culprit> culprit = Optional.empty();

    Subject(String id, Instant started) {
        this.id = id;
        this.started = started;
    }

    /// Where only this one is.
    Sight sight() {
        return new Sight() {
            @Override
            public List<Running> running() {
                return List.of(process());
            }

            @Override
            public Optional<Watched> watch(Running process, boolean alone, Instant since, Consumer<Progress> listener) {
                return Optional.of(Subject.this);
            }
        };
    }

    void is(Verdict now, Optional<Culprit> named) {
        verdict = now;
        culprit = named;
    }

    void watchedFor(Duration time) {
        watched = time;
    }

    void leaksWithout() {
        is(leaking(started), Optional.empty());
    }

    void leaksBy(String type, String purl) {
        is(
                leaking(started),
                Optional.of(new Culprit(
                        Shape.CONNECTIONS,
                        List.of(new Accumulation(type, 6_000, 1e8)),
                        List.of("static ReportConnections.open"),
                        List.of(),
                        Optional.of(purl),
                        Optional.empty(),
                        Optional.empty())));
    }

    static Leaking leaking(Instant started) {
        return new Leaking(new Rate(6e8, 5e8, 7e8), started.plusSeconds(4), Optional.empty(), 0.999, "live set grows");
    }

    @Override
    public Running process() {
        return new Running(id, 1, started, true);
    }

    @Override
    public String label() {
        return "jvm " + id;
    }

    @Override
    public Optional<String> release() {
        return Optional.of("2.5.0");
    }

    @Override
    public Known soFar() {
        Judgement overall = new Judgement(Series.LIVE_SET, verdict);
        Instant now = started.plus(watched);
        Measured measured = new Measured(started, now, Map.of(), Map.of(), List.of(overall), overall);
        return new Known(
                started,
                watched,
                new Diagnosis(now, overall, List.of(overall), culprit, List.of(), "wait"),
                new Observations(measured, Held.UNKNOWN),
                culprit.isPresent());
    }

    @Override
    public Cost cost() {
        return Cost.NONE;
    }

    @Override
    public void close() {}
}
