package io.staunch.shop.api;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.LifecycleException;

/// The shop's main process. Argument: the file with its settings.
public final class Main {
    private static final Logger LOG = Logger.getLogger(Main.class.getName());

    private Main() {}

    public static void main(String[] args) throws IOException, LifecycleException, SQLException {
        ShopServer server = new ShopServer(Settings.read(Path.of(args[0])));
        server.start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(server)));
    }

    private static void stop(ShopServer server) {
        try {
            server.close();
        } catch (LifecycleException e) {
            LOG.log(Level.WARNING, "the shop did not stop in order", e);
        }
    }
}
