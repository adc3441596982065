package io.staunch.cli.watch;

import io.staunch.cli.ExitCode;
import io.staunch.server.Watch;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `staunch watch`: watches every JVM of this host that it may, until Ctrl-C.
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Watches every JVM on this host and prints a line whenever a verdict changes, until Ctrl-C.")
public final class WatchCommand implements Callable<Integer> {
    @Option(names = "--json", description = "print each line as a JSON object")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        WatchLines lines = new WatchLines(System.out, json);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(interrupted, closed), "watch-interrupted"));
        try (Watch _ = Watch.local(lines)) {
            System.err.println("watching the JVMs of this host; Ctrl-C ends it");
            interrupted.await();
        } finally {
            closed.countDown();
        }
        return ExitCode.NO_LEAK;
    }

    /// Lets the watch go of its targets before the JVM ends.
    private static void end(CountDownLatch interrupted, CountDownLatch closed) {
        interrupted.countDown();
        try {
            closed.await(40, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
