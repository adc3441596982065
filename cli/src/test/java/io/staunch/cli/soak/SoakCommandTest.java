package io.staunch.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The real command in a process of its own, over real JVMs.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
final class SoakCommandTest {
    private static final int PATIENCE_MINUTES = 8;

    @TempDir
    Path directory;

    private final List<Process> commands = new ArrayList<>();

    @AfterEach
    void theCommandsEnd() throws Exception {
        for (Process command : commands) {
            command.destroy();
            command.waitFor(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void aLeakIsExitCodeOneOneJsonObjectAndAPage() throws Exception {
        Path page = directory.resolve("page.html");
        Process soak = untilTold(
                "--candidate",
                shop("leak"),
                "--baseline",
                shop("steady"),
                "--load",
                load(),
                "--json",
                "--report",
                page.toString());

        assertThat(soak.exitValue()).as(read("errors")).isEqualTo(1);
        JsonNode said = new JsonMapper().readTree(read("said"));
        assertThat(said.path("schema").asString("")).isEqualTo("staunch.soak/1");
        assertThat(said.path("passed").asBoolean(true)).isFalse();
        assertThat(said.path("candidate").path("schema").asString("")).isEqualTo("staunch.check/1");
        assertThat(said.path("candidate")
                        .path("culprit")
                        .path("accumulating")
                        .get(0)
                        .path("type")
                        .asString(""))
                .isEqualTo("io.staunch.cli.soak.Shop$Cart");
        assertThat(said.path("baseline").path("verdict").path("kind").asString(""))
                .isNotEqualTo("leaking");
        assertThat(Files.readString(page)).contains("Shop$Cart", "<svg");
        assertThat(alive(said)).isEmpty();
    }

    @Test
    void aReleaseThatIsWellIsExitCodeZero() throws Exception {
        Path report = directory.resolve("report.json");
        Process soak = untilTold("--candidate", shop("steady"), "--load", load(), "--report", "" + report);

        assertThat(soak.exitValue()).as(read("errors") + read("said")).isZero();
        assertThat(read("said")).startsWith("PASSED: no leak").contains("an hour or more would have been seen");
        JsonNode written = new JsonMapper().readTree(Files.readString(report));
        assertThat(written.path("passed").asBoolean(false)).isTrue();
        assertThat(written.path("smallestLeakPerHour").asLong(0)).isPositive();
    }

    @Test
    void whoInterruptsItGetsTheVerdictSoFarAndNothingIsLeftRunning() throws Exception {
        Process soak = soak(
                "--candidate", shop("steady"), "--baseline", shop("steady"), "--load", load(), "--for", "1h", "--json");
        await(() -> read("errors").contains("under load for"));
        Process interrupt = new ProcessBuilder("kill", "-INT", Long.toString(soak.pid())).start();
        assertThat(interrupt.waitFor()).isZero();
        assertThat(soak.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();

        assertThat(soak.exitValue()).isEqualTo(130);
        JsonNode said = new JsonMapper().readTree(read("said"));
        assertThat(said.path("interrupted").asBoolean(false)).isTrue();
        assertThat(said.has("passed")).isFalse();
        assertThat(alive(said)).isEmpty();
    }

    @Test
    void aCommandThatIsNotThereIsOneLineAndExitCodeTwo() throws Exception {
        Process soak = soak("--candidate", "no-such-release", "--load", load(), "--for", "30s");
        assertThat(soak.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();

        assertThat(soak.exitValue()).isEqualTo(2);
        assertThat(read("said")).isEmpty();
        assertThat(read("errors").lines())
                .singleElement()
                .asString()
                .startsWith("staunch: the candidate ended before it was ready, with exit code 127: ")
                .contains("no-such-release", "its output is in ");
    }

    /// Does what its advice says: soaks for longer as long as it can't tell, as on a machine that is busy with else.
    private Process untilTold(String... words) throws Exception {
        Process soak = ended("30s", words);
        for (String longer : List.of("90s", "270s")) {
            soak = soak.exitValue() == 3 ? ended(longer, words) : soak;
        }
        return soak;
    }

    private Process ended(String time, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--for", time));
        Process soak = soak(line.toArray(String[]::new));
        assertThat(soak.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
        return soak;
    }

    /// Of the processes that were watched.
    private static List<Long> alive(JsonNode said) {
        return List.of("candidate", "baseline").stream()
                .map(side -> said.path(side).path("target").path("pid").asLong(0))
                .filter(pid -> ProcessHandle.of(pid)
                        .filter(process -> process.info().command().isPresent())
                        .isPresent())
                .toList();
    }

    private static String load() {
        return "exec sleep 600";
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    private static String shop(String kind) {
        return "exec " + java() + " -Xmx128m -XX:+UseSerialGC -cp target/test-classes " + Shop.class.getName() + " "
                + kind;
    }

    private Process soak(String... options) throws IOException {
        // A build that runs in the background passes on that it ignores what Ctrl-C sends.
        List<String> words = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                java(),
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "soak"));
        words.addAll(Arrays.asList(options));
        words.addAll(List.of("--start-limit", "2m"));
        Process process = new ProcessBuilder(words)
                .redirectOutput(directory.resolve("said").toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        commands.add(process);
        return process;
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws Exception {
        Instant limit = Instant.now().plusSeconds(60L * PATIENCE_MINUTES);
        while (!condition.holds()) {
            assertThat(Instant.now()).isBefore(limit);
            Thread.sleep(100);
        }
    }
}
