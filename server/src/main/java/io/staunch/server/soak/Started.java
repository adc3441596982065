package io.staunch.server.soak;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// A shell command that was started, with all that it started in turn: what descends from it, and what went on when its
/// parent ended, which is known by a mark in its environment. It runs in a session of its own where the host has
/// `setsid`, so that Ctrl-C does not reach it. Safe for use by several threads.
final class Started {
    private static final String MARK = "STAUNCH_SOAK";
    /// Between a polite end and a forced one.
    private static final Duration GRACE = Duration.ofSeconds(5);
    /// A killed process is gone within moments; one that the kernel holds on to is not waited for longer.
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int MOST_OF_A_LINE = 300;
    /// Of the output, when its last line is looked for.
    private static final int TAIL_BYTES = 8 * 1024;

    private final Process shell;
    private final String mark;
    private final Path log;
    private final Set<ProcessHandle> known = new LinkedHashSet<>();

    private Started(Process shell, String mark, Path log) {
        this.shell = shell;
        this.mark = mark;
        this.log = log;
    }

    /// @param log takes all that it prints
    static Started start(String command, Map<String, String> environment, Path log) throws IOException {
        String mark = UUID.randomUUID().toString();
        List<String> words = new ArrayList<>(hasSetsid() ? List.of("setsid") : List.of());
        words.addAll(List.of("sh", "-c", command));
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put(MARK, mark);
        return new Started(builder.start(), mark, log);
    }

    private static boolean hasSetsid() {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, "setsid"))) {
                return true;
            }
        }
        return false;
    }

    /// All of it that runs.
    synchronized List<ProcessHandle> alive() {
        known.add(shell.toHandle());
        ProcessHandle.allProcesses().filter(this::isMarked).forEach(known::add);
        for (ProcessHandle process : List.copyOf(known)) {
            process.descendants().forEach(known::add);
        }
        known.removeIf(process -> !runs(process));
        return List.copyOf(known);
    }

    boolean isAlive() {
        return shell.isAlive() || !alive().isEmpty();
    }

    /// Of the shell; empty while anything of it runs.
    OptionalInt exitCode() {
        return isAlive() ? OptionalInt.empty() : OptionalInt.of(shell.exitValue());
    }

    /// False also for one that has ended and only waits for its parent.
    static boolean runs(ProcessHandle process) {
        try {
            String stat = Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
            return process.isAlive() && !stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isMarked(ProcessHandle process) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "environ"));
            return new String(environment, StandardCharsets.ISO_8859_1).contains(MARK + "=" + mark);
        } catch (IOException e) {
            // It has ended, or is another user's.
            return false;
        }
    }

    /// What it printed last, and where all that it printed is.
    String lastWords() {
        return lastLine() + "; its output is in " + log;
    }

    private String lastLine() {
        try (SeekableByteChannel output = Files.newByteChannel(log)) {
            output.position(Math.max(0, output.size() - TAIL_BYTES));
            ByteBuffer tail = ByteBuffer.allocate(TAIL_BYTES);
            while (tail.hasRemaining() && output.read(tail) >= 0) {
                // There may be more.
            }
            String last = new String(tail.array(), 0, tail.position(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .reduce((earlier, later) -> later)
                    .orElse("it printed nothing");
            return last.length() > MOST_OF_A_LINE ? last.substring(0, MOST_OF_A_LINE) + "…" : last.strip();
        } catch (IOException e) {
            return "it printed nothing that can be read";
        }
    }

    /// Ends all of them: asks first, and forces what is still there after a while. Nothing runs any more when this
    /// returns.
    static void end(List<Started> commands) {
        until(commands, GRACE, ProcessHandle::destroy, false);
        until(commands, LAST_WAIT, ProcessHandle::destroyForcibly, true);
    }

    /// @param again whether what was started meanwhile is met by the act, too
    private static void until(List<Started> commands, Duration limit, Consumer<ProcessHandle> act, boolean again) {
        long end = System.nanoTime() + limit.toNanos();
        List<ProcessHandle> running = running(commands);
        running.forEach(act);
        while (!running.isEmpty() && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            running = running(commands);
            if (again) {
                running.forEach(act);
            }
        }
    }

    private static List<ProcessHandle> running(List<Started> commands) {
        return commands.stream().flatMap(command -> command.alive().stream()).toList();
    }
}
