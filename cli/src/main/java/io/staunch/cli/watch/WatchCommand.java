package io.staunch.cli.watch;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Interruption;
import io.staunch.cli.Unreadable;
import io.staunch.server.Watch;
import io.staunch.server.web.WebServer;
import io.staunch.server.web.WebServerFailed;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `staunch watch`: watches every JVM of this host that it may, until Ctrl-C.
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description =
                "Watches every JVM on this host prints a line whenever a verdict changes and serves a page, until Ctrl-C.")
public final class WatchCommand implements Callable<Integer> {
    @Option(names = "--json", description = "print each line as a JSON object")
    private boolean json;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "where the page and the API are served, on loopback; 0 for any free port (default: 8710)")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--no-ui", description = "serve the API without the page")
    private boolean noUi;

    @Override
    public Integer call() throws InterruptedException, Unreadable {
        WatchLines lines = new WatchLines(System.out, json);
        CountDownLatch asked = new CountDownLatch(1);
        try (Interruption _ = new Interruption(asked::countDown);
                Watch watch = Watch.local(lines);
                WebServer web = serve(watch)) {
            System.err.println("watching the JVMs of this host; Ctrl-C ends it; " + web.address());
            asked.await();
        }
        return ExitCode.INTERRUPTED;
    }

    /// On the port that was asked for or not at all; on the usual one, or else on any that is free.
    private WebServer serve(Watch watch) throws Unreadable {
        try {
            return WebServer.start(port.orElse(WebServer.USUAL_PORT), !noUi, watch::targets);
        } catch (WebServerFailed busy) {
            if (port.isPresent()) {
                throw new Unreadable(String.valueOf(busy.getMessage()), busy);
            }
            return anyPort(watch);
        }
    }

    private WebServer anyPort(Watch watch) throws Unreadable {
        try {
            return WebServer.start(0, !noUi, watch::targets);
        } catch (WebServerFailed none) {
            throw new Unreadable(String.valueOf(none.getMessage()), none);
        }
    }
}
