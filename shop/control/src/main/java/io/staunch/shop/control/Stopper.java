package io.staunch.shop.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Stops a shop, also one whose supervisor is gone or does not answer. Only processes that the shop's own file names
/// are ended, and only when their start time is the one in the file.
final class Stopper {
    private static final Logger LOG = Logger.getLogger(Stopper.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Stopper() {}

    static void stop(Path dir) throws IOException, ShopException, InterruptedException {
        Optional<ShopState> found = ShopState.read(dir);
        if (found.isEmpty()) {
            throw new ShopException("expected a running shop in " + dir + ", found none");
        }
        ShopState state = found.get();
        if (state.supervisor().alive()) {
            try {
                ControlClient.send(dir, new ShopCommand("stop", "", ""));
                awaitEnd(state.supervisor());
            } catch (IOException | ShopException e) {
                LOG.log(Level.FINE, "the supervisor does not answer", e);
            }
        }
        state.supervisor().stop(PATIENCE);
        for (ServiceState service : state.services()) {
            if (service.process().isPresent()) {
                service.process().get().stop(PATIENCE);
            }
        }
        Files.deleteIfExists(ShopState.file(dir));
    }

    private static void awaitEnd(KnownProcess supervisor) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (supervisor.alive() && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
    }
}
