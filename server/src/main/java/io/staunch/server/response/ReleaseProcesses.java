package io.staunch.server.response;

import io.staunch.collect.AttachFailed;
import io.staunch.collect.ConnectFailed;
import io.staunch.collect.Host;
import io.staunch.collect.JvmProbe;
import io.staunch.collect.Probe;
import io.staunch.collect.RedisProbe;
import io.staunch.collect.RedisServer;
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

    /// Empty if it refuses or can't be reached, as one that is just starting.
    @Override
    public Optional<Watched> watch(Running process, boolean alone, Instant since, Consumer<Progress> listener) {
        try {
            return probe(process)
                    .map(probe -> Attached.start(process, probe, alone ? options : options.dumping(false), listener));
        } catch (AttachFailed | ConnectFailed e) {
            return Optional.empty();
        }
    }

    private Optional<Probe> probe(Running process) throws AttachFailed, ConnectFailed {
        return switch (kind) {
            case JVM -> Optional.of(JvmProbe.attach(process.pid()));
            case REDIS -> {
                Optional<RedisServer> server = server(process);
                yield server.isEmpty()
                        ? Optional.empty()
                        : Optional.of(RedisProbe.connect(server.get().uri()));
            }
        };
    }

    private static Optional<RedisServer> server(Running process) {
        return Host.targets().stream()
                .filter(RedisServer.class::isInstance)
                .map(RedisServer.class::cast)
                .filter(server -> server.processId().stream().anyMatch(pid -> pid == process.pid()))
                .findFirst();
    }
}
