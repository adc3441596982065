package io.staunch.drill.response;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A process of a service.
///
/// @param current whether it runs the release in place
record Running(long pid, Instant started, boolean current) {

    static Optional<Running> of(ProcessHandle process, Service.Kind kind, Path home, Path current) {
        try {
            return switch (kind) {
                case JVM -> inItsDirectory(process, home.resolve("releases"), current);
                case REDIS -> fromItsProgram(process, home, current);
            };
        } catch (IOException e) {
            // It has ended, or belongs to somebody else.
            return Optional.empty();
        }
    }

    /// A JVM runs in its release's directory.
    private static Optional<Running> inItsDirectory(ProcessHandle process, Path releases, Path current)
            throws IOException {
        Path directory = Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
        return directory.startsWith(releases)
                ? Optional.of(new Running(process.pid(), started(process), directory.startsWith(current)))
                : Optional.empty();
    }

    /// A Redis server's program lies beside the releases, which hold its settings; there is one process at a
    /// time.
    private static Optional<Running> fromItsProgram(ProcessHandle process, Path home, Path current) throws IOException {
        Path program = Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "exe"));
        return program.startsWith(home) && Files.isDirectory(current)
                ? Optional.of(new Running(process.pid(), started(process), true))
                : Optional.empty();
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.MIN);
    }
}
