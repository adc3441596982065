package io.staunch.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.collect.JvmProbe;
import io.staunch.detect.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real JVMs as the subject; each test takes as long as it watches.
@Tag("slow")
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
