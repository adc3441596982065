package io.staunch.server.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staunch.collect.Target;
import io.staunch.detect.Series;
import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.embedded.core.ExecutableProvider;

/// Real JVMs, a real Redis, real loads. Each test takes as long as it watches, so they do it together.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class SoakTest {
    private static final Duration WATCH = Duration.ofSeconds(30);
    private static final String LOAD = "exec sleep 600";

    private final Heard heard = new Heard();

    @TempDir
    Path directory;

    @AfterEach
    void whatIsKeptAfterAnErrorIsDeleted() throws IOException {
        heard.deleteLogs();
    }

    @Test
    void aLeakThatTheBaselineDoesNotHaveFailsAndItsTypeAndHolderAreNamed() throws Exception {
        Soaked soaked = untilTold(plan(subject("leak"), Optional.of(subject("steady")), LOAD, true));
        assertThat(soaked.answer()).isInstanceOfSatisfying(SoakAnswer.Failed.class, failed -> {
            assertThat(failed.why()).startsWith("the candidate leaks").contains("io.staunch.server.Subject$Order");
            assertThat(failed.advice()).contains("io.staunch.server.Subject.KEPT");
        });
        assertThat(lead(soaked)).contains("io.staunch.server.Subject$Order");
        assertThat(soaked.baseline().orElseThrow().outcome().diagnosis().culprit())
                .isEmpty();
        Map<String, Object> form = SoakForm.of(soaked);
        assertThat(form)
                .containsEntry("schema", "staunch.soak/1")
                .containsEntry("passed", false)
                .containsEntry("for", soaked.plan().time().toString())
                .containsKeys("why", "candidate", "baseline", "comparison", "advice");
        assertThat(heard.logs()).doesNotExist();
        assertThat(heard.leftOver()).isEmpty();
    }

    @Test
    void aReleaseThatIsWellPassesAndTheSmallestLeakIsSaid() throws Exception {
        Soaked soaked = untilTold(plan(subject("steady"), Optional.empty(), LOAD, false));
        assertThat(soaked.answer()).as(soaked.answer().why()).isInstanceOf(SoakAnswer.Passed.class);
        assertThat(soaked.smallest().orElseThrow().perHour()).isPositive();
        assertThat(soaked.smallest().orElseThrow().untilLimit()).isPresent();
        assertThat(SoakForm.of(soaked)).containsEntry("passed", true).containsKey("smallestLeakPerHour");
        assertThat(heard.leftOver()).isEmpty();
    }

    @Test
    void aRedisServerIsSoakedLikeCodeIs() throws Exception {
        Path program = ExecutableProvider.newJarResourceProvider(directory.toFile())
                .get()
                .toPath();
        String server = "exec " + program + " --port $STAUNCH_PORT --bind 127.0.0.1 --save '' --dir " + directory;
        Soaked soaked = untilTold(plan(server, Optional.empty(), java("soak.Carts $STAUNCH_PORT"), false));
        assertThat(soaked.candidate().outcome().target().kind()).isEqualTo(Target.Kind.REDIS);
        assertThat(soaked.candidate().outcome().diagnosis().overall().series()).isEqualTo(Series.REDIS_USED_MEMORY);
        assertThat(soaked.answer()).as(soaked.answer().why()).isInstanceOf(SoakAnswer.Failed.class);
        assertThat(lead(soaked)).contains("keys cart:*");
        assertThat(heard.leftOver()).isEmpty();
    }

    @Test
    void aProcessThatIsNoJvmIsWatchedFromOutsideWhichTellsNothingInHalfAMinute() throws Exception {
        SoakPlan plan = new SoakPlan(
                "exec sleep 600",
                Optional.empty(),
                LOAD,
                WATCH,
                new Readiness.After(Duration.ofSeconds(1)),
                Duration.ofMinutes(2),
                false);
        Soaked soaked = Soak.of(plan, heard).run();
        assertThat(soaked.candidate().outcome().target().kind()).isEqualTo(Target.Kind.PROCESS);
        assertThat(soaked.answer()).as(soaked.answer().why()).isInstanceOf(SoakAnswer.Undecided.class);
        assertThat(soaked.smallest()).isEmpty();
    }

    @Test
    void aLoadThatEndsEndsTheWatchAndWhatWasSeenUntilThenCounts() throws Exception {
        Soaked soaked = Soak.of(
                        new SoakPlan(
                                subject("leak"),
                                Optional.empty(),
                                "sleep 30",
                                Duration.ofMinutes(1),
                                new Readiness.Watchable(),
                                Duration.ofMinutes(2),
                                false),
                        heard)
                .run();
        assertThat(soaked.ended())
                .hasValueSatisfying(why -> assertThat(why).startsWith("the load of the candidate ended after "));
        assertThat(soaked.candidate().outcome().watched()).isLessThan(Duration.ofMinutes(1));
        assertThat(soaked.answer()).as(soaked.answer().why()).isNotInstanceOf(SoakAnswer.Passed.class);
    }

    @Test
    void aLoadThatFailsIsAnErrorWithItsExitCodeAndLastLineAndTheOutputIsKept() {
        Soak soak =
                Soak.of(plan(subject("steady"), Optional.empty(), "echo connection refused >&2; exit 7", false), heard);
        assertThatThrownBy(soak::run)
                .isInstanceOf(SoakFailed.class)
                .hasMessageMatching(
                        "the load of the candidate failed after \\d+ s with exit code 7: connection refused;"
                                + " its output is in .*/candidate-load\\.log");
        assertThat(heard.logs().resolve("candidate-load.log")).hasContent("connection refused");
        assertThat(heard.leftOver()).isEmpty();
    }

    @Test
    void aBaselineThatIsNotThereIsAnErrorAndTheCandidateIsEndedToo() {
        Soak soak = Soak.of(plan(subject("steady"), Optional.of("no-such-release"), LOAD, false), heard);
        assertThatThrownBy(soak::run)
                .isInstanceOf(SoakFailed.class)
                .hasMessageContaining("the baseline ended before it was ready, with exit code 127: ")
                .hasMessageContaining("no-such-release");
        assertThat(heard.leftOver()).isEmpty();
    }

    @Test
    void whatIsNeverReadyIsAnError() {
        SoakPlan plan = new SoakPlan(
                subject("steady"),
                Optional.empty(),
                LOAD,
                WATCH,
                new Readiness.Answers("http://127.0.0.1:$STAUNCH_PORT/health"),
                Duration.ofSeconds(1),
                false);
        assertThatThrownBy(() -> Soak.of(plan, heard).run())
                .isInstanceOf(SoakFailed.class)
                .hasMessageMatching(
                        "the candidate was not ready within 1 s: http://127\\.0\\.0\\.1:\\d+/health did not answer.*");
    }

    @Test
    void aCandidateThatDiesIsNotPassedAndItsExitCodeIsSaid() throws Exception {
        Soaked soaked = Soak.of(
                        plan(subject("steady"), Optional.empty(), "sleep 3; kill -9 $STAUNCH_PID; exit 1", false),
                        heard)
                .run();
        assertThat(soaked.answer())
                .isInstanceOfSatisfying(
                        SoakAnswer.Undecided.class,
                        told -> assertThat(told.why()).startsWith("the candidate ended with exit code 137"));
        assertThat(heard.logs()).isNotEmptyDirectory();
    }

    @Test
    void whoStopsItGetsWhatWasSeenSoFarAndNothingIsLeftRunning() throws Exception {
        Soak soak = Soak.of(
                new SoakPlan(
                        subject("steady"),
                        Optional.of(subject("steady")),
                        LOAD,
                        Duration.ofHours(1),
                        new Readiness.Watchable(),
                        Duration.ofMinutes(2),
                        false),
                heard);
        Thread.ofVirtual().start(() -> {
            heard.awaitBegin();
            soak.stop();
        });
        Soaked soaked = soak.run();
        assertThat(soaked.interrupted()).isTrue();
        assertThat(soaked.answer()).isInstanceOf(SoakAnswer.Undecided.class);
        assertThat(heard.leftOver()).isEmpty();
    }

    /// Does what its advice says: soaks for longer as long as it can't tell, as on a machine that is busy with else.
    private Soaked untilTold(SoakPlan plan) throws Exception {
        Soaked soaked = Soak.of(plan, heard).run();
        for (int times = 3; soaked.answer() instanceof SoakAnswer.Undecided && times <= 9; times *= 3) {
            Duration longer = plan.time().multipliedBy(times);
            soaked = Soak.of(
                            new SoakPlan(
                                    plan.candidate(),
                                    plan.baseline(),
                                    plan.load(),
                                    longer,
                                    plan.readiness(),
                                    plan.startLimit(),
                                    plan.dump()),
                            heard)
                    .run();
        }
        return soaked;
    }

    private static Optional<String> lead(Soaked soaked) {
        return soaked.candidate()
                .outcome()
                .diagnosis()
                .culprit()
                .flatMap(Culprit::lead)
                .map(Accumulation::type);
    }

    private static SoakPlan plan(String candidate, Optional<String> baseline, String load, boolean dump) {
        return new SoakPlan(candidate, baseline, load, WATCH, new Readiness.Watchable(), Duration.ofMinutes(2), dump);
    }

    private static String subject(String kind) {
        return java("Subject " + kind);
    }

    private static String java(String line) {
        return "exec " + Path.of(System.getProperty("java.home"), "bin", "java")
                + " -Xmx128m -XX:+UseSerialGC -cp target/test-classes io.staunch.server." + line;
    }
}
