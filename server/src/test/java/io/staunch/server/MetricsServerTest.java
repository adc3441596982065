package io.staunch.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.staunch.collect.MetricsFeed;
import io.staunch.collect.MetricsInstance;
import io.staunch.collect.MetricsProbe;
import io.staunch.collect.MetricsQuery;
import io.staunch.collect.PrometheusServer;
import io.staunch.collect.Target;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Against a real Prometheus and a real VictoriaMetrics, with the history of two instances in each dialect.
@Tag("slow")
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class MetricsServerTest {
    private static final Duration HISTORY = Duration.ofHours(40);

    @TempDir
    private Path directory;

    @Test
    void aLeakInTheHistoryIsToldAtOnceInEveryDialectNeedsPrometheus() throws Exception {
        try (MetricsServer server = MetricsServer.prometheus(directory, everyDialect())) {
            aLeakIsToldInEveryDialect(server);
        }
    }

    @Test
    void aLeakInTheHistoryIsToldAtOnceInEveryDialectNeedsVictoriaMetrics() throws Exception {
        try (MetricsServer server = MetricsServer.victoriaMetrics(directory, everyDialect())) {
            aLeakIsToldInEveryDialect(server);
        }
    }

    private static List<Exposition.Point> everyDialect() {
        Instant now = Instant.now();
        List<Exposition.Point> points = new ArrayList<>();
        for (Exposition.Dialect dialect : Exposition.Dialect.values()) {
            points.addAll(Exposition.of(dialect.name(), dialect, now));
        }
        return points;
    }

    private static void aLeakIsToldInEveryDialect(MetricsServer server) throws Exception {
        for (Exposition.Dialect dialect : Exposition.Dialect.values()) {
            try (MetricsFeed feed = MetricsFeed.of(
                    PrometheusServer.of(server.address().toString(), Optional.empty()),
                    new MetricsQuery(dialect.name(), Optional.empty(), HISTORY))) {
                List<MetricsInstance> instances = feed.look();
                assertThat(instances)
                        .extracting(MetricsInstance::instance)
                        .containsExactly(Exposition.LEAKY, Exposition.LEVEL);
                Verdict leaky = verdict(feed, instances.getFirst());
                assertThat(leaky).as("%s: %s", dialect, leaky.why()).isInstanceOf(Verdict.Leaking.class);
                assertThat(((Verdict.Leaking) leaky).rate().perHour())
                        .isCloseTo(Exposition.LEAK_BYTES_PER_HOUR, within(0.2 * Exposition.LEAK_BYTES_PER_HOUR));
                Verdict level = verdict(feed, instances.getLast());
                assertThat(level).as("%s: %s", dialect, level.why()).isInstanceOf(Verdict.Steady.class);
            }
        }
    }

    @Test
    void aCanaryInTheHistoryIsJudgedBesideItsBaselineNeedsVictoriaMetrics() throws Exception {
        List<Exposition.Point> points = Exposition.of("shop", Exposition.Dialect.MICROMETER, Instant.now());
        try (MetricsServer server = MetricsServer.victoriaMetrics(directory, points)) {
            MetricsGate gate = new MetricsGate(
                    PrometheusServer.of(server.address().toString(), Optional.empty()),
                    new MetricsQuery("shop", Optional.empty(), HISTORY));
            String leaky = "instance=\"" + Exposition.LEAKY + "\"";
            String level = "{instance=\"" + Exposition.LEVEL + "\"}";
            Gate.Judged worse = gate.judge(new Gate.Question("shop", level, leaky, Gate.TOLERABLE_BYTES));
            assertThat(worse.answer()).as(worse.why()).isEqualTo(Gate.Answer.FAIL);
            Gate.Judged noWorse = gate.judge(new Gate.Question("shop", level, level, Gate.TOLERABLE_BYTES));
            assertThat(noWorse.answer()).as(noWorse.why()).isEqualTo(Gate.Answer.PASS);
            for (String nobody : List.of("2.4.0", "instance=\"nobody\"")) {
                Gate.Judged unsure = gate.judge(new Gate.Question("shop", level, nobody, Gate.TOLERABLE_BYTES));
                assertThat(unsure.answer()).isEqualTo(Gate.Answer.UNSURE);
                assertThat(unsure.why()).contains("expected ", nobody, ", found ");
            }
        }
    }

    private static Verdict verdict(MetricsFeed feed, MetricsInstance instance) throws InterruptedException {
        try (MetricsProbe probe = feed.open(instance);
                Investigation investigation = Investigation.startFor(
                        probe, InvestigationOptions.asked(false), Duration.ofMillis(500), progress -> {})) {
            Outcome outcome = investigation.await();
            assertThat(outcome.diagnosis().overall().series()).isEqualTo(Series.LIVE_SET);
            return outcome.diagnosis().overall().verdict();
        }
    }

    @Test
    void whileTheServerIsAwayNothingIsKnownAndAfterwardsItIsAgainNeedsVictoriaMetrics() throws Exception {
        List<Exposition.Point> points = Exposition.of("shop", Exposition.Dialect.CLIENT_JAVA, Instant.now());
        try (MetricsServer server = MetricsServer.victoriaMetrics(directory, points);
                Watch watch = Watch.start(plan(server), Archive.NONE, new ReleaseBook(), event -> {})) {
            await(watch, verdict -> verdict instanceof Verdict.Leaking);
            server.stop();
            await(
                    watch,
                    verdict -> verdict instanceof Verdict.Unknown(var why)
                            && why.startsWith("the metrics server does not answer since 20"));
            server.startAgain();
            await(watch, verdict -> verdict instanceof Verdict.Leaking);
        }
    }

    private static WatchPlan plan(MetricsServer server) {
        Place place = new Place.Metrics(
                "shop",
                PrometheusServer.of(server.address().toString(), Optional.empty()),
                new MetricsQuery("shop", Optional.empty(), HISTORY));
        return new WatchPlan() {
            @Override
            public Optional<Course> courseFor(Target target) {
                return Optional.empty();
            }

            @Override
            public List<Place> places() {
                return List.of(place);
            }
        };
    }

    private static void await(Watch watch, Predicate<Verdict> condition) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(120);
        List<Verdict> seen = List.of();
        while (seen.stream().noneMatch(condition) && Instant.now().isBefore(deadline)) {
            Thread.sleep(200);
            seen = watch.targets().stream()
                    .filter(target -> target.target().instance().equals(Exposition.LEAKY))
                    .flatMap(target -> target.outcome().stream())
                    .map(outcome -> outcome.diagnosis().overall().verdict())
                    .toList();
        }
        assertThat(seen).anyMatch(condition);
    }
}
