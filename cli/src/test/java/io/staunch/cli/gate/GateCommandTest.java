package io.staunch.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Main;
import io.staunch.cli.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A real daemon over two real instances of one service, each in a release of its own.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
final class GateCommandTest {
    private static final Pattern ADDRESS = Pattern.compile("http://localhost:\\d+/");
    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void everythingEnds() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aCanaryThatLeaksBesideABaselineThatDoesNotFails() throws Exception {
        instance("1.0.0", "steady");
        instance("2.0.0", "leak");
        String daemon = daemon();

        JsonNode early = new JsonMapper().readTree(gate(daemon, "--json").out());
        assertThat(early.path("schema").asString("")).isEqualTo("staunch.gate/1");
        assertThat(early.path("verdict").asString("")).isNotEqualTo("fail");

        Said late = gate(daemon, "--for", "10m");
        assertThat(late.exitCode()).as(late.out()).isEqualTo(ExitCode.LEAK);
        assertThat(late.out()).startsWith("FAIL  shop, canary 2.0.0 beside baseline 1.0.0\n");
        assertThat(late.err()).contains("not yet: ");
    }

    private static Said gate(String daemon, String... more) {
        List<String> line = new ArrayList<>(
                List.of("gate", "--service", "shop", "--baseline", "1.0.0", "--canary", "2.0.0", "--daemon", daemon));
        line.addAll(List.of(more));
        return Said.by(line.toArray(String[]::new));
    }

    private void instance(String release, String kind) throws IOException {
        Path classes = directory.resolve("shop/releases/" + release + "/classes");
        Path types = Files.createDirectories(classes.resolve("io/staunch/cli/watch"));
        for (String file : List.of("Shop.class", "Shop$Cart.class")) {
            Files.copy(Path.of("target/test-classes/io/staunch/cli/watch", file), types.resolve(file));
        }
        start(
                directory.resolve("subject-" + release),
                "-Xmx128m",
                "-Xmn8m",
                "-XX:+UseSerialGC",
                "-cp",
                classes.toString(),
                "io.staunch.cli.watch.Shop",
                kind);
    }

    private String daemon() throws IOException, InterruptedException {
        Path configuration = Files.writeString(
                directory.resolve("staunch.yaml"),
                "watch: {every: 1s, pauses: 5%, only-services: yes}\nservices: [{name: shop, process: '"
                        + directory.resolve("shop") + "/releases/'}]\n");
        Path said = directory.resolve("daemon");
        Process daemon = start(
                said,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "watch",
                "--port",
                "0",
                "--config",
                configuration.toString());
        Instant end = Instant.now().plusSeconds(PATIENCE_SECONDS);
        Matcher address = ADDRESS.matcher("");
        while (!address.find()) {
            assertThat(daemon.isAlive() && Instant.now().isBefore(end))
                    .as(Files.readString(said))
                    .isTrue();
            Thread.sleep(200);
            address = ADDRESS.matcher(Files.readString(said));
        }
        return address.group();
    }

    private Process start(Path said, String... words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("STAUNCH_STATE", directory.resolve("state").toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }
}
