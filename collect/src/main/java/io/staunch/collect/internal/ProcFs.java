package io.staunch.collect.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Linux's `/proc`: the one place that knows its texts. What can't be read (the process ended, or belongs to another
/// user) is empty; nothing here throws for that.
public record ProcFs(Path root) {
    public static final ProcFs HOST = new ProcFs(Path.of("/proc"));
    /// What the kernel's clock counts in for user space, whatever its own rate is.
    private static final long TICKS_PER_SECOND = 100;

    public Path of(long pid) {
        return root.resolve(Long.toString(pid));
    }

    public List<Long> pids() {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, "[0-9]*")) {
            List<Long> pids = new ArrayList<>();
            for (Path entry : entries) {
                parseLong(entry.getFileName().toString()).ifPresent(pids::add);
            }
            return pids;
        } catch (IOException e) {
            return List.of();
        }
    }

    /// False also for a process that has ended and only waits for its parent.
    public boolean isAlive(long pid) {
        return stat(pid).filter(ProcStat::isAlive).isPresent();
    }

    public Optional<ProcStat> stat(long pid) {
        return text(of(pid).resolve("stat")).flatMap(ProcStat::parse);
    }

    public Optional<ProcStatus> status(long pid) {
        return text(of(pid).resolve("status")).map(ProcStatus::parse);
    }

    /// The command line, one argument each; empty for a kernel thread.
    public List<String> arguments(long pid) {
        return zeroTerminated(of(pid).resolve("cmdline"));
    }

    /// The value of one variable in the environment that the process was started with.
    public Optional<String> environment(long pid, String variable) {
        return zeroTerminated(of(pid).resolve("environ")).stream()
                .filter(entry -> entry.startsWith(variable + "="))
                .map(entry -> entry.substring(variable.length() + 1))
                .findFirst();
    }

    public Optional<Instant> started(long pid) {
        Optional<ProcStat> stat = stat(pid);
        Optional<String> boot = lines(root.resolve("stat")).stream()
                .filter(line -> line.startsWith("btime "))
                .findFirst();
        if (stat.isEmpty() || boot.isEmpty()) {
            return Optional.empty();
        }
        long bootSeconds = parseLong(boot.get().substring("btime ".length())).orElse(0);
        return Optional.of(
                Instant.ofEpochSecond(bootSeconds).plusMillis(stat.get().startTicks() * 1000 / TICKS_PER_SECOND));
    }

    /// Milliseconds of CPU, user and system, that the process has used.
    public OptionalLong cpuMillis(long pid) {
        return stat(pid)
                .map(stat -> OptionalLong.of(stat.cpuTicks() * 1000 / TICKS_PER_SECOND))
                .orElse(OptionalLong.empty());
    }

    public OptionalLong openFiles(long pid) {
        try (Stream<Path> files = Files.list(of(pid).resolve("fd"))) {
            return OptionalLong.of(files.count());
        } catch (IOException | java.io.UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }

    /// The soft limit; empty if there is none.
    public OptionalLong openFilesLimit(long pid) {
        String heading = "Max open files";
        return lines(of(pid).resolve("limits")).stream()
                .filter(line -> line.startsWith(heading))
                .map(line -> line.substring(heading.length()).strip().split("\\s+", 2)[0])
                .map(ProcFs::parseLong)
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    /// Names of the regular files that the process holds open, as it sees them.
    public List<Path> openFileNames(long pid) {
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(of(pid).resolve("fd"))) {
            for (Path entry : entries) {
                link(entry).filter(target -> target.startsWith("/")).ifPresent(names::add);
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return names;
        }
        return names;
    }

    public List<Mapping> mappings(long pid) {
        return Mapping.parse(lines(of(pid).resolve("maps")));
    }

    /// With resident sizes. The kernel walks all page tables for it: hundreds of milliseconds at gigabytes.
    public List<Mapping> residentMappings(long pid) {
        return Mapping.parse(lines(of(pid).resolve("smaps")));
    }

    public List<ProcThread> threads(long pid) {
        List<ProcThread> threads = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(of(pid).resolve("task"))) {
            for (Path task : tasks) {
                OptionalLong id = parseLong(task.getFileName().toString());
                Optional<ProcStat> stat = text(task.resolve("stat")).flatMap(ProcStat::parse);
                if (id.isPresent() && stat.isPresent()) {
                    threads.add(new ProcThread(id.getAsLong(), stat.get().command(), nanos(task, stat.get())));
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return threads;
        }
        return threads;
    }

    private static long nanos(Path task, ProcStat stat) {
        long exact = text(task.resolve("schedstat"))
                .map(line -> parseLong(line.split(" ", 2)[0]).orElse(0))
                .orElse(0L);
        return Math.max(exact, stat.cpuTicks() * (1_000_000_000 / TICKS_PER_SECOND));
    }

    public Optional<Path> executable(long pid) {
        return link(of(pid).resolve("exe"));
    }

    public Optional<Path> workingDirectory(long pid) {
        return link(of(pid).resolve("cwd"));
    }

    /// A file as the process names it, as we can reach it: through its own root.
    public Path asSeenBy(long pid, Path file) {
        return of(pid).resolve("root").resolve(Path.of("/").relativize(file.normalize()));
    }

    /// True if the process lives in a namespace (`net`, `mnt`, `pid`) other than ours, or that can't be told.
    public boolean isInOtherNamespace(long pid, String kind) {
        Optional<Path> theirs = link(of(pid).resolve("ns").resolve(kind));
        return theirs.isEmpty() || !theirs.equals(link(root.resolve("self/ns").resolve(kind)));
    }

    /// Bytes of memory that this machine has.
    public OptionalLong machineMemory() {
        return lines(root.resolve("meminfo")).stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .map(line -> OptionalLong.of(ProcStatus.kilobytes(line.substring("MemTotal:".length()))))
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    static Optional<Path> link(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    static Optional<String> text(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static List<String> lines(Path file) {
        return text(file).map(text -> text.lines().toList()).orElse(List.of());
    }

    private static List<String> zeroTerminated(Path file) {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.isEmpty()
                    ? List.of()
                    : List.of(text.replaceFirst("\0$", "").split("\0", -1));
        } catch (IOException e) {
            return List.of();
        }
    }

    static OptionalLong parseLong(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
