package io.staunch.server.response;

import io.staunch.server.InvestigationOptions;
import io.staunch.server.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The processes that run in the release directories of a service, each with an investigation that begins when it is
/// asked for.
///
/// @param home holds `releases` and `current`
record ReleaseProcesses(Path home, Service.Kind kind, InvestigationOptions options) implements Sight {
    @Override
    public List<Running> running() {
        try {
            Path real = home.toRealPath();
            Path current = home.resolve("current").toRealPath();
            return ProcessHandle.allProcesses()
                    .flatMap(process -> of(process, real, current).stream())
                    .sorted(Comparator.comparing(Running::started).reversed())
                    .toList();
        } catch (IOException e) {
            // Nothing was deployed yet.
            return List.of();
        }
    }

    private Optional<Running> of(ProcessHandle process, Path real, Path current) {
        try {
            return switch (kind) {
                case JVM -> inItsDirectory(process, real.resolve("releases"), current);
                case REDIS -> fromItsProgram(process, real, current);
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
                ? Optional.of(running(process, directory.startsWith(current)))
                : Optional.empty();
    }

    /// A Redis server's program lies beside the releases, which hold its settings; there is one process at a
    /// time.
    private static Optional<Running> fromItsProgram(ProcessHandle process, Path home, Path current) throws IOException {
        Path program = Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "exe"));
        return program.startsWith(home) && Files.isDirectory(current)
                ? Optional.of(running(process, true))
                : Optional.empty();
    }

    private static Running running(ProcessHandle process, boolean current) {
        Instant started = process.info().startInstant().orElse(Instant.MIN);
        return new Running(process.pid() + "-" + started.getEpochSecond(), process.pid(), started, current);
    }

    @Override
    public Optional<Watched> watch(Running process, boolean alone, Instant since, Consumer<Progress> listener) {
        return switch (kind) {
            case JVM -> WatchedJvm.attach(process, alone ? options : options.dumping(false), listener);
            case REDIS -> WatchedRedis.attach(process, listener);
        };
    }
}
