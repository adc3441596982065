package io.staunch.server.web;

import com.sun.net.httpserver.HttpServer;
import io.staunch.server.ReleaseBook;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Serves the API, the live events, the figures for Prometheus and the page. Each request has a virtual thread of its
/// own, ten seconds to be sent, and one of two thousand places.
public final class WebServer implements AutoCloseable {
    /// Where it is served unless somebody says otherwise.
    public static final int USUAL_PORT = 8710;

    private static final int BACKLOG = 128;

    static {
        // The JDK's server knows these limits by no other way.
        setUnlessSet("sun.net.httpserver.maxReqTime", "10");
        setUnlessSet("jdk.httpserver.maxConnections", "2000");
    }

    private final Interface served;
    private final HttpServer server;
    private final ExecutorService threads;
    private final LiveEvents events;

    private WebServer(Interface served, HttpServer server, ExecutorService threads, LiveEvents events) {
        this.served = served;
        this.server = server;
        this.threads = threads;
        this.events = events;
    }

    /// Serves from now on.
    ///
    /// @param releases is told what callers tell
    public static WebServer start(Interface served, Shown shown, ReleaseBook releases) throws WebServerFailed {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(served.address(), served.port()), BACKLOG);
        } catch (IOException e) {
            throw new WebServerFailed("port " + served.port() + ": expected a free port, found " + e.getMessage(), e);
        }
        Overview overview = new Overview(shown);
        LiveEvents events = new LiveEvents(overview);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext(
                "/", new Door(served, new Api(overview, served.page() ? Page.WHOLE : Page.NONE, releases), events));
        server.start();
        return new WebServer(served, server, threads, events);
    }

    /// Where a browser finds it.
    public URI address() {
        String address = served.address().getHostAddress();
        String host = address.contains(":") ? "[" + address + "]" : address;
        return URI.create("http://" + (served.isOpen() ? host : "localhost") + ":"
                + server.getAddress().getPort() + "/");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /// Ends all connections. Idempotent.
    @Override
    public void close() {
        events.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
