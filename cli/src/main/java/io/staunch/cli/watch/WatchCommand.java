package io.staunch.cli.watch;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Interruption;
import io.staunch.server.Watch;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
        CountDownLatch asked = new CountDownLatch(1);
        try (Interruption _ = new Interruption(asked::countDown);
                Watch _ = Watch.local(lines)) {
            System.err.println("watching the JVMs of this host; Ctrl-C ends it");
            asked.await();
        }
        return ExitCode.INTERRUPTED;
    }
}
