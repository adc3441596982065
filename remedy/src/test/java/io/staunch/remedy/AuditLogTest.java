package io.staunch.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditLogTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

    private static final Release OLD = new Release("api", "1.0", Optional.empty(), List.of());
    private static final Release NEW = new Release("api", "1.1", Optional.empty(), List.of());
    private static final Remedy RESTART = new Remedy.Restart("api", NEW);
    private static final Remedy ROLL_BACK = new Remedy.RollBack("api", NEW, OLD);

    @TempDir
    Path directory;

    @Test
    void linesAreKeptInOrderAcrossOpenings() throws IOException {
        writeThreeLines();
        try (AuditLog log = AuditLog.open(file(), NOON)) {
            log.append("staunch", "effect", RESTART, "The growth goes on.");
            assertThat(log.lines()).extracting(AuditLine::number).containsExactly(1L, 2L, 3L, 4L);
            assertThat(log.lines().getLast().detail()).isEqualTo("The growth goes on.");
        }
    }

    @Test
    void aChangedLineIsFoundOut() throws IOException {
        writeThreeLines();
        Files.writeString(file(), Files.readString(file()).replace("anna", "otto"));
        assertThatThrownBy(() -> AuditLog.open(file(), NOON))
                .hasMessageContaining("line 3")
                .hasMessageContaining("changed or taken out");
    }

    @Test
    void aLineTakenOutIsFoundOut() throws IOException {
        writeThreeLines();
        List<String> lines = Files.readAllLines(file());
        Files.write(file(), List.of(lines.get(0), lines.get(2)));
        assertThatThrownBy(() -> AuditLog.open(file(), NOON)).hasMessageContaining("line 2");
    }

    @Test
    void aTornLastLineIsSetAsideAndSaid() throws IOException {
        writeThreeLines();
        Files.writeString(file(), "{\"number\":4,\"at\":\"2026", StandardOpenOption.APPEND);
        try (AuditLog log = AuditLog.open(file(), NOON)) {
            assertThat(log.lines()).hasSize(4);
            assertThat(log.lines().getLast().what()).isEqualTo("recovered");
            assertThat(log.lines().getLast().detail()).contains("22 characters");
        }
        AuditLog.open(file(), NOON).close();
    }

    @Test
    void anActThatWasBegunAndNotEndedIsUnfinished() throws IOException {
        try (AuditLog log = AuditLog.open(file(), NOON)) {
            log.append("staunch", "intends", RESTART, "Restart.");
            log.append("staunch", "done", RESTART, "In 3 s.");
            log.append("staunch", "intends", ROLL_BACK, "To 1.0.");
            assertThat(log.unfinished()).extracting(AuditLine::act).containsExactly("rollback");
            assertThat(log.pastActs())
                    .containsExactly(
                            new PastAct(NOON.instant(), "api", "restart", "1.1", "1.1"),
                            new PastAct(NOON.instant(), "api", "rollback", "1.1", "1.0"));
        }
    }

    @Test
    void onlyTheOwnerMayReadIt() throws IOException {
        writeThreeLines();
        assertThat(Files.getPosixFilePermissions(file())).hasSize(2);
    }

    /// A writer of its own process is killed in full flight, several times; what is left must open and be whole.
    @Test
    @Tag("slow")
    void aKilledWriterLeavesAWholeChain() throws Exception {
        for (int round = 0; round < 3; round++) {
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            file().toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (InputStream told = writer.getInputStream()) {
                for (int lines = 0; lines < 20 + 7 * round; lines++) {
                    assertThat(told.read()).isEqualTo('.');
                }
            } finally {
                writer.destroyForcibly();
                assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
            }
            try (AuditLog log = AuditLog.open(file(), NOON)) {
                assertThat(log.lines()).hasSizeGreaterThanOrEqualTo(20);
            }
        }
    }

    /// Appends until it is killed, and tells each line that is on the disk by a dot.
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) throws IOException {
            try (AuditLog log = AuditLog.open(Path.of(args[0]), InstantSource.system())) {
                for (int i = 0; i < 100_000; i++) {
                    log.append("staunch", "api", "effect", "Line " + i + ".");
                    System.out.write('.');
                    System.out.flush();
                }
            }
        }
    }

    private void writeThreeLines() throws IOException {
        try (AuditLog log = AuditLog.open(file(), NOON)) {
            log.append("staunch", "refused", ROLL_BACK, "Nobody has agreed to it yet.");
            log.append("anna", "intends", RESTART, "Restart api.");
            log.append("staunch", "done", RESTART, "It took 3 s.");
        }
    }

    private Path file() {
        return directory.resolve("audit.jsonl");
    }
}
