package io.staunch.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.collect.Host;
import io.staunch.collect.HostTarget;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("slow")
class DoctorCommandTest {
    private static String run(String... args) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(new CommandLine(new DoctorCommand()).execute(args)).isZero();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// A JVM that waits for its input to end.
    private static Process aJvm() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jshell")
                                .toString(),
                        "-")
                .start();
        for (int i = 0; i < 200 && Host.survey().stream().noneMatch(target -> target.pid() == jvm.pid()); i++) {
            Thread.sleep(50);
        }
        return jvm;
    }

    @Test
    void aRunningJvmIsARowOfTheTableAndAnObjectOfTheJson() throws Exception {
        Process jvm = aJvm();
        try {
            assertThat(run().lines()).anyMatch(line -> line.startsWith(jvm.pid() + " ") && line.contains("attach"));
            JsonNode json = JsonMapper.shared().readTree(run("--json"));
            assertThat(json.get("schema").asString()).isEqualTo("staunch.doctor/1");
            JsonNode row = json.get("jvms")
                    .valueStream()
                    .filter(node -> node.get("pid").asLong() == jvm.pid())
                    .findFirst()
                    .orElseThrow();
            assertThat(row.get("way").asString()).isEqualTo("attach and JMX");
            assertThat(row.get("costs").size()).isEqualTo(7);
        } finally {
            jvm.destroyForcibly();
        }
    }

    @Test
    void aHostWithNothingToWatchSaysSo() {
        assertThat(DoctorText.of(List.<HostTarget>of()).lines())
                .contains("no JVM runs here", "no Redis runs here", "no other large process runs here");
    }
}
