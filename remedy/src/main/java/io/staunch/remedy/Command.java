package io.staunch.remedy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A command of the operator's with a time limit. Its words may hold `{service}` and `{release}`; there is no shell
/// between, so nothing in a name is ever read as syntax.
public record Command(List<String> words) {
    /// A killed process is gone within moments; one that the kernel holds on to is not waited for longer.
    private static final long KILL_SECONDS = 5;

    public Command {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("command: expected at least one word, found none");
        }
    }

    public static Command of(String... words) {
        return new Command(List.of(words));
    }

    Command with(String service, String release) {
        return new Command(words.stream()
                .map(word -> word.replace("{service}", service).replace("{release}", release))
                .toList());
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }

    /// What became of it.
    sealed interface Ended {
        record Exited(int code, String output, String errors) implements Ended {}

        record Overdue() implements Ended {}
    }

    /// Runs it to its end or the limit; then the process and its children are stopped. Output goes through files, so
    /// that a daemon which keeps the pipe open can't hold us.
    Ended run(Path directory, Duration limit) throws IOException, InterruptedException {
        Path output = Files.createTempFile("staunch-command", ".out");
        Path errors = Files.createTempFile("staunch-command", ".err");
        try {
            Process process = new ProcessBuilder(words)
                    .directory(directory.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            try {
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    return new Ended.Overdue();
                }
            } finally {
                if (process.isAlive()) {
                    stop(process);
                }
            }
            return new Ended.Exited(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.UTF_8),
                    Files.readString(errors, StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    /// Gone when this returns: what is done next must not meet it still at work.
    private static void stop(Process process) {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture<?>[] ends = Stream.concat(Stream.of(process.toHandle()), all.stream())
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(ends)
                .completeOnTimeout(null, KILL_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
