package io.staunch.shop.balancer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The balancer's process. Arguments: the port on loopback, the file that names the instances. Writes one JSON line a
/// second to standard output.
public final class Main {
    private static final Logger LOG = Logger.getLogger(Main.class.getName());
    private static final long REFRESH_MILLIS = 50;
    private static final int WAITING_CLIENTS = 512;

    private Main() {}

    public static void main(String[] args) throws IOException {
        Backends backends = new Backends(Path.of(args[1]));
        backends.refresh();
        Measures measures = new Measures();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        var _ = timer.scheduleWithFixedDelay(
                () -> refresh(backends), REFRESH_MILLIS, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
        var _ = timer.scheduleAtFixedRate(
                () -> System.out.println(measures.line(Instant.now())), 1, 1, TimeUnit.SECONDS);
        serve(Integer.parseInt(args[0]), backends, measures);
    }

    private static void refresh(Backends backends) {
        try {
            backends.refresh();
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "the instances' file can't be read", e);
        }
    }

    private static void serve(int port, Backends backends, Measures measures) throws IOException {
        Connections connections = new Connections();
        try (ServerSocket server = new ServerSocket(port, WAITING_CLIENTS, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Thread _ = Thread.startVirtualThread(new Client(socket, backends, connections, measures));
            }
        }
    }
}
