package io.staunch.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// On real processes of this host.
class HostTargetsTest {
    private final HostTargets targets = new HostTargets();
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process shell(String script) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", script).start();
        started.add(process);
        return process;
    }

    private static void tell(Process process) throws IOException {
        Writer input = process.outputWriter();
        input.write("go\n");
        input.flush();
    }

    private Optional<Target> found(Process process) {
        return targets.now().stream()
                .filter(target -> target.processId().stream().anyMatch(pid -> pid == process.pid()))
                .findFirst();
    }

    /// Twenty seconds at most.
    private Target await(Process process, Predicate<Target> wanted) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        Target target = found(process).orElseThrow();
        while (!wanted.test(target)) {
            assertThat(Instant.now()).as("until it is as wanted: %s", target).isBefore(end);
            Thread.sleep(50);
            target = found(process).orElseThrow();
        }
        return target;
    }

    @Test
    void aProcessThatBecomesAJvmIsOneFromThenOn() throws Exception {
        Jdk jdk = Jdk.CURRENT;
        Process process = shell("read line; exec " + jdk.home().orElseThrow().resolve("bin/java") + " -cp "
                + ChildJvm.classes() + " Child seconds=30");
        assertThat(found(process)).get().isInstanceOf(PlainProcess.class);
        tell(process);
        // Its counters are not there at once: until then it is read anew.
        await(
                process,
                target -> target instanceof JvmInfo jvm
                        && jvm.runtime().startsWith("25")
                        && jvm.collector() != Collector.UNKNOWN);
        assertThat(found(process)).get().isSameAs(found(process).orElseThrow());
    }

    @Test
    void whatAProcessHoldsIsOfTheLook() throws Exception {
        Process process = shell("read line; held=$(head -c 40000000 /dev/zero | tr '\\0' a); read line");
        long before = ((PlainProcess) found(process).orElseThrow()).held();
        tell(process);
        await(process, target -> ((PlainProcess) target).held() > before + 30_000_000);
    }

    @Test
    void aProcessThatHasEndedIsNoTargetAnyMore() throws Exception {
        Process process = shell("read line");
        assertThat(found(process)).isPresent();
        tell(process);
        process.waitFor();
        assertThat(found(process)).isEmpty();
    }
}
