package io.staunch.shop.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A small process that outlives the supervisor by a moment: when the supervisor is gone, however it went, the guard
/// ends the processes that are listed in `guard.pids` (id and start time in ticks). Needs Linux's /proc.
final class Guard {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path list;

    /// Kept because the pipe to the guard closes with it.
    private final Process process;

    private Guard(Path list, Process process) {
        this.list = list;
        this.process = process;
    }

    static Guard start(Path script, Path dir) throws IOException {
        Path list = dir.resolve("guard.pids");
        Files.writeString(list, "", UTF_8);
        Process process = new ProcessBuilder("/bin/sh", script.toString(), list.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Guard(list, process);
    }

    /// From now on these processes, and no others, are ended when the supervisor is gone.
    void watch(List<KnownProcess> processes) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (KnownProcess process : processes) {
            startTicks(process.pid())
                    .ifPresent(ticks -> lines.append(process.pid())
                            .append(' ')
                            .append(ticks)
                            .append('\n'));
        }
        Files.writeString(list, lines, UTF_8);
    }

    /// Lets the guard go, once it has ended what is still alive of what is listed.
    void release() throws IOException, InterruptedException {
        process.getOutputStream().close();
        boolean _ = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Optional<String> startTicks(long pid) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.exists(stat)) {
            return Optional.empty();
        }
        String line = Files.readString(stat);
        List<String> afterName =
                List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
        return Optional.of(afterName.get(19));
    }
}
