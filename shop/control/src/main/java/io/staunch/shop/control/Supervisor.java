package io.staunch.shop.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The process that owns the shop's processes: starts them, does what it is told, ends them when it is told, when its
/// parent is gone, when its time is over or when it is ended itself.
final class Supervisor {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final StartOptions options;
    private final CountDownLatch toStop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    Supervisor(StartOptions options) {
        this.options = options;
    }

    /// The file that says in one line why the shop did not start.
    static Path failureFile(Path dir) {
        return dir.resolve("start.failed");
    }

    /// Runs the shop until it is to stop.
    void run(Home home) throws IOException, InterruptedException {
        ControlServer control = ControlServer.listen(options.dir());
        Shop shop = new Shop(home, options, control.port());
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::endBeforeExit));
        try {
            shop.start();
            control.start(command -> execute(shop, command));
            waitForTheEnd();
        } catch (IOException | SQLException | ShopException e) {
            Files.writeString(failureFile(options.dir()), String.valueOf(e.getMessage()));
        } finally {
            shop.stop();
            Files.deleteIfExists(ControlServer.tokenFile(options.dir()));
            stopped.countDown();
        }
    }

    private void endBeforeExit() {
        toStop.countDown();
        try {
            boolean _ = stopped.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void waitForTheEnd() throws InterruptedException {
        long deadline = System.nanoTime() + options.longestLife().toNanos();
        Optional<KnownProcess> parent = options.parent();
        while (System.nanoTime() < deadline && parent.map(KnownProcess::alive).orElse(true)) {
            if (toStop.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private void execute(Shop shop, ShopCommand command)
            throws IOException, SQLException, ShopException, InterruptedException {
        switch (command.verb()) {
            case "deploy" -> shop.deploy(command.service(), command.version());
            case "rollback" ->
                shop.rollBack(command.service(), Optional.of(command.version()).filter(version -> !version.isEmpty()));
            case "restart" -> shop.restart(command.service());
            case "migrate" -> shop.migrate(Integer.parseInt(command.version()));
            case "scale" -> shop.scale(Integer.parseInt(command.version()));
            case "stop" -> toStop.countDown();
            default -> throw new ShopException("expected a verb that the shop knows, found " + command.verb());
        }
    }
}
