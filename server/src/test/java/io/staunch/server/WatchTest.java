package io.staunch.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.collect.Target;
import io.staunch.detect.Series;
import io.staunch.server.WatchPlan.Course;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class WatchTest {
    private static final InvestigationOptions QUICK =
            InvestigationOptions.watching(false).readingEvery(Duration.ofMillis(500));

    private Process subject;

    @BeforeEach
    void start() throws Exception {
        subject = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        Path.of("target", "test-classes").toString(),
                        Subject.class.getName(),
                        "steady")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(subject.inputReader().readLine()).isEqualTo("ready");
    }

    @AfterEach
    void end() throws Exception {
        subject.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    @Test
    void aNewPlanIsGoneByWithoutLosingWhatIsKnown() throws Exception {
        try (Watch watch = Watch.start(only("shop", Map.of()), Archive.NONE, new ReleaseBook(), event -> {})) {
            await(() -> samples(watch) >= 3);
            assertThat(watch.targets())
                    .singleElement()
                    .satisfies(target -> assertThat(target.service()).isEqualTo("shop"));
            Instant first = outcome(watch).orElseThrow().from();

            watch.adopt(only("store", Map.of(Series.THREADS, 77.0)));
            await(() -> outcome(watch)
                    .filter(outcome -> Double.valueOf(77)
                            .equals(outcome.observations().limits().get(Series.THREADS)))
                    .isPresent());
            assertThat(watch.targets())
                    .singleElement()
                    .satisfies(target -> assertThat(target.service()).isEqualTo("store"));
            assertThat(outcome(watch).orElseThrow().from()).isEqualTo(first);

            watch.adopt(jvm -> Optional.empty());
            await(() -> watch.targets().isEmpty());
        }
    }

    @Test
    void aTargetBeyondTheBoundIsShownAsNotWatchedAndWhy() throws Exception {
        WatchPlan plan = only("shop", Map.of());
        WatchPlan none = new WatchPlan() {
            @Override
            public Optional<Course> courseFor(Target target) {
                return plan.courseFor(target);
            }

            @Override
            public int mostTargets() {
                return 0;
            }
        };
        try (Watch watch = Watch.start(none, Archive.NONE, new ReleaseBook(), event -> {})) {
            await(() -> !watch.targets().isEmpty());
            assertThat(watch.targets())
                    .singleElement()
                    .satisfies(target -> assertThat(target.why()).hasValue("expected at most 0 targets, found more"));
        }
    }

    private WatchPlan only(String service, Map<Series, Double> limits) {
        return jvm -> jvm.id().startsWith(subject.pid() + "-")
                ? Optional.of(new Course(service, QUICK.limiting(limits)))
                : Optional.empty();
    }

    private static Optional<Outcome> outcome(Watch watch) {
        return watch.targets().stream()
                .flatMap(target -> target.outcome().stream())
                .findFirst();
    }

    private static int samples(Watch watch) {
        return outcome(watch)
                .map(outcome -> outcome.observations()
                        .histories()
                        .getOrDefault(Series.THREADS, List.of())
                        .size())
                .orElse(0);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean() && Instant.now().isBefore(deadline)) {
            Thread.sleep(100);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
