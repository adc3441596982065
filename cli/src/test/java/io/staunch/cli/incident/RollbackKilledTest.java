package io.staunch.cli.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.cli.Main;
import io.staunch.remedy.AuditLine;
import io.staunch.remedy.AuditLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real command in a process of its own, killed by the signal that nothing can catch while its restart command
/// runs, and started again.
final class RollbackKilledTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private Path home = Path.of("");
    private Path restarts = Path.of("");

    @BeforeEach
    void aServiceWithTwoReleases() throws IOException {
        home = directory.resolve("shop");
        restarts = directory.resolve("restarts");
        Files.createDirectories(home.resolve("releases/1.0.0"));
        Files.createDirectories(home.resolve("releases/1.1.0"));
        Files.createSymbolicLink(home.resolve("current"), Path.of("releases", "1.1.0"));
        Files.writeString(restarts, "");
        Path script = directory.resolve("restart.sh");
        Files.writeString(script, "#!/bin/sh\necho $$ >> " + restarts + "\nexec sleep 60\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterEach
    void theRestartCommandsEnd() throws IOException {
        for (String pid : Files.readAllLines(restarts)) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void aRollbackThatWasKilledHalfWayIsSettledAndNotDoneTwice() throws Exception {
        Process first = rollback();
        await(() -> Files.readAllLines(restarts).size() == 1);
        first.destroyForcibly().waitFor();
        assertThat(acts()).containsExactly("intends");

        Process second = rollback();
        String said = new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(second.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(said).contains("left unfinished", "release 1.0.0 was found in place", "refused (same-release)");
        assertThat(acts()).containsExactly("intends", "done", "refused");
        assertThat(Files.readAllLines(restarts)).hasSize(1);
        assertThat(home.resolve("current").toRealPath().getFileName()).hasToString("1.0.0");
    }

    private Process rollback() throws IOException {
        ProcessBuilder command = new ProcessBuilder(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "rollback",
                "shop",
                "--to",
                "1.0.0",
                "--in",
                home.toString(),
                "--restart",
                directory.resolve("restart.sh").toString()));
        command.environment().put("STAUNCH_STATE", directory.resolve("state").toString());
        return command.start();
    }

    /// What the audit log says, its chain of hashes intact.
    private List<String> acts() throws IOException {
        try (AuditLog audit = AuditLog.open(directory.resolve("state/audit.jsonl"), InstantSource.system())) {
            return audit.lines().stream().map(AuditLine::what).toList();
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(50);
        }
    }
}
