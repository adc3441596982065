package io.staunch.server.web;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Serves the API, the live events, the figures for Prometheus and the page, on loopback only. Reads what is known and
/// changes nothing. Each request has a virtual thread of its own.
public final class WebServer implements AutoCloseable {
    /// Where it is served unless somebody says otherwise.
    public static final int USUAL_PORT = 8710;

    private static final int BACKLOG = 128;

    private final HttpServer server;
    private final ExecutorService threads;
    private final LiveEvents events;

    private WebServer(HttpServer server, ExecutorService threads, LiveEvents events) {
        this.server = server;
        this.threads = threads;
        this.events = events;
    }

    /// Serves from now on.
    ///
    /// @param port 0 for any that is free
    /// @param page whether the page is served too, not only the API
    public static WebServer start(int port, boolean page, Shown shown) throws WebServerFailed {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            throw new WebServerFailed("port " + port + ": expected a free port, found " + e.getMessage(), e);
        }
        Overview overview = new Overview(shown);
        LiveEvents events = new LiveEvents(overview);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", new Door(new Api(overview, page ? Page.WHOLE : Page.NONE), events));
        server.start();
        return new WebServer(server, threads, events);
    }

    /// Where a browser finds it.
    public URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    /// Ends all connections. Idempotent.
    @Override
    public void close() {
        events.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
