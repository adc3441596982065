package io.staunch.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.collect.JvmProbe;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Real JVMs as the subject; each test takes as long as it watches.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class InvestigationTest {
    private static final Duration WATCH = Duration.ofSeconds(24);

    @TempDir
    private Path dumps;

    @Test
    void aLeakIsFoundNamedAndItsHolderIsKnownAndTheDumpIsGone() throws Exception {
        List<Progress> told = new CopyOnWriteArrayList<>();
        Process subject = start("leak");
        try (JvmProbe probe = JvmProbe.attach(subject.pid());
                Investigation investigation = Investigation.startFor(probe, options(), WATCH, told::add)) {
            Outcome outcome = investigation.await();
            assertThat(outcome.diagnosis().overall().verdict()).isInstanceOf(Verdict.Leaking.class);
            var culprit = outcome.diagnosis().culprit().orElseThrow();
            assertThat(culprit.lead().orElseThrow().type()).isEqualTo("io.staunch.server.Subject$Order");
            assertThat(culprit.holder()).contains("static io.staunch.server.Subject.KEPT");
            assertThat(culprit.library()).isEmpty();
            assertThat(outcome.cost().addedPauseMillis()).isPositive();
        } finally {
            end(subject);
        }
        assertThat(told).hasAtLeastOneElementOfType(Progress.PauseAhead.class);
        assertThat(told).hasAtLeastOneElementOfType(Progress.CulpritNamed.class);
        try (Stream<Path> left = Files.walk(dumps)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aServiceThatKeepsWhatItNeedsDoesNotLeak() throws Exception {
        Process subject = start("steady");
        try (JvmProbe probe = JvmProbe.attach(subject.pid());
                Investigation investigation = Investigation.startFor(probe, options(), WATCH, progress -> {})) {
            Outcome outcome = investigation.await();
            assertThat(outcome.diagnosis().overall().verdict()).isNotInstanceOf(Verdict.Leaking.class);
            assertThat(outcome.diagnosis().culprit()).isEmpty();
        } finally {
            end(subject);
        }
    }

    @Test
    void aTargetThatDiesLeavesTheVerdictSoFarAndTheReason() throws Exception {
        Process subject = start("leak");
        try (JvmProbe probe = JvmProbe.attach(subject.pid());
                Investigation investigation =
                        Investigation.startFor(probe, options(), Duration.ofMinutes(5), progress -> {})) {
            Thread.sleep(Duration.ofSeconds(6));
            subject.destroyForcibly().waitFor();
            Outcome outcome = investigation.await();
            assertThat(outcome.cutShort()).isPresent();
            assertThat(outcome.evidence()).isNotEmpty();
        } finally {
            end(subject);
        }
    }

    @Test
    void aTargetThatStandsStillForAWhileIsWatchedOnWhenItComesTo() throws Exception {
        Process subject = start("steady");
        List<Progress> told = new CopyOnWriteArrayList<>();
        InvestigationOptions quick = InvestigationOptions.watching(false).readingEvery(Duration.ofMillis(300));
        try (JvmProbe probe = JvmProbe.attach(subject.pid());
                Investigation investigation = Investigation.start(probe, quick, told::add)) {
            signal("-STOP", subject);
            await(() -> skipped(told) >= 3);
            Thread.sleep(quick.readEvery().multipliedBy(4));
            signal("-CONT", subject);
            Instant continued = Instant.now();
            await(() -> investigation.soFar().observations().histories().getOrDefault(Series.RSS, List.of()).stream()
                    .anyMatch(sample -> sample.at().isAfter(continued)));
            assertThat(investigation.hasEnded()).isFalse();
        } finally {
            end(subject);
        }
    }

    private static long skipped(List<Progress> told) {
        return told.stream().filter(Progress.StepSkipped.class::isInstance).count();
    }

    private static void signal(String signal, Process process) throws Exception {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant deadline = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean() && Instant.now().isBefore(deadline)) {
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void closingEndsItEarly() throws Exception {
        Process subject = start("steady");
        try (JvmProbe probe = JvmProbe.attach(subject.pid())) {
            Investigation investigation =
                    Investigation.start(probe, InvestigationOptions.watching(false), progress -> {});
            investigation.close();
            assertThat(investigation.await().cutShort()).isPresent();
        } finally {
            end(subject);
        }
    }

    private InvestigationOptions options() {
        return InvestigationOptions.asked(true).dumpingTo(dumps);
    }

    private static Process start(String kind) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        Path.of("target", "test-classes").toString(),
                        Subject.class.getName(),
                        kind)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("ready");
        return process;
    }

    private static void end(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
}
