package io.staunch.verify.overhead;

import io.staunch.collect.Cost;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// `./staunch watch` itself, as its user starts it, on the same machine: stopped by a signal in the windows that are
/// not
/// watched, so that its own use of the processors counts too.
final class WatchProcess implements Watcher {
    private static final Duration LONGEST_SEARCH = Duration.ofMinutes(1);

    private final Process watch;

    /// Returns when the watch says that it has found the service; gives up after a minute.
    WatchProcess(long pid) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                        Path.of("staunch").toAbsolutePath().toString(), "watch", "--port", "0")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        command.environment()
                .put(
                        "STAUNCH_STATE",
                        Files.createTempDirectory("staunch-overhead").toString());
        this.watch = command.start();
        // A process that stands still ends by no other signal, and would outlive us.
        Runtime.getRuntime().addShutdownHook(new Thread(watch::destroyForcibly, "watch-end"));
        AtomicBoolean found = new AtomicBoolean();
        CompletableFuture.delayedExecutor(LONGEST_SEARCH.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> giveUpUnless(found));
        BufferedReader lines = watch.inputReader();
        String line = lines.readLine();
        while (line != null && !line.contains("(pid " + pid + ")")) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("expected `staunch watch` to say within " + LONGEST_SEARCH.toSeconds()
                    + " s that it watches pid " + pid + ", found that it did not");
        }
        found.set(true);
        System.err.println(line);
        Thread.ofPlatform()
                .daemon()
                .name("watch-lines")
                .start(() -> lines.lines().forEach(System.err::println));
    }

    private void giveUpUnless(AtomicBoolean found) {
        if (!found.get()) {
            watch.destroyForcibly();
        }
    }

    @Override
    public void pass(Instant end, boolean watching) throws IOException, InterruptedException {
        signal(watching ? "-CONT" : "-STOP");
        Sleep.until(end);
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", signal, Long.toString(watch.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill " + signal + " of `staunch watch`: expected exit code 0, found " + code);
        }
    }

    @Override
    public Cost cost() {
        return new Cost(0, 0);
    }

    @Override
    public void close() {
        try {
            signal("-CONT");
            watch.destroy();
            if (!watch.waitFor(40, TimeUnit.SECONDS)) {
                watch.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            watch.destroyForcibly();
        } catch (InterruptedException e) {
            watch.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
