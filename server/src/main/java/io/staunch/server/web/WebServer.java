package io.staunch.server.web;

import io.staunch.server.ReleaseBook;
import java.net.URI;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Serves the API, the live events, the figures for Prometheus and the page. Each request has a virtual thread of its
/// own while it is answered; what a caller may take of time, room and places is in [Limits].
public final class WebServer implements AutoCloseable {
    /// Where it is served unless somebody says otherwise.
    public static final int USUAL_PORT = 8710;

    private static final int BACKLOG = 1_024;
    /// What the kernel keeps for one that does not read, before we notice; by itself it would keep megabytes.
    private static final int UNSENT_BYTES = 64 << 10;
    private static final int HEAD_BYTES = 8 << 10;
    private static final int THREADS = 8;
    private static final long CROWDED_IDLE_MILLIS = 5_000;

    private final Interface served;
    private final Server server;
    private final ServerConnector connector;
    private final LiveEvents events;
    private final Deadlines deadlines;
    private final Own own;

    private WebServer(
            Interface served,
            Server server,
            ServerConnector connector,
            LiveEvents events,
            Deadlines deadlines,
            Own own) {
        this.own = own;
        this.served = served;
        this.server = server;
        this.connector = connector;
        this.events = events;
        this.deadlines = deadlines;
    }

    /// Serves from now on.
    ///
    /// @param releases is told what callers tell
    public static WebServer start(Interface served, Shown shown, ReleaseBook releases) throws WebServerFailed {
        Own own = Own.start();
        Overview overview = new Overview(shown, own);
        Incidents incidents = new Incidents(shown);
        OverviewChanges changes = new OverviewChanges(overview::written);
        LiveEvents events = new LiveEvents(changes, incidents, served.limits());
        Deadlines deadlines = new Deadlines(served.limits().request());
        Server server = new Server(threads());
        ServerConnector connector = connector(served, server, deadlines);
        server.setErrorHandler(new Refusals());
        Api api = new Api(
                overview,
                changes,
                served.page() ? Page.WHOLE : Page.NONE,
                releases,
                incidents,
                new Heaps(shown.heaps()),
                new ActsApi(shown));
        server.setHandler(new Door(served, api, events, deadlines));
        WebServer web = new WebServer(served, server, connector, events, deadlines, own);
        try {
            server.start();
            return web;
        } catch (Exception e) {
            web.close();
            throw new WebServerFailed("port " + served.port() + ": expected a free port, found " + reason(e), e);
        }
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("web");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("request-"));
        return threads;
    }

    private static ServerConnector connector(Interface served, Server server, Deadlines deadlines) {
        HttpConfiguration rules = new HttpConfiguration();
        rules.setSendServerVersion(false);
        rules.setRequestHeaderSize(HEAD_BYTES);
        rules.setHttpCompliance(HttpCompliance.RFC7230);
        rules.setUriCompliance(UriCompliance.UNAMBIGUOUS);
        HttpConnectionFactory http = new HttpConnectionFactory(rules);
        ServerConnector connector = served.tls()
                .map(tls -> new ServerConnector(server, 1, 1, new SslConnectionFactory(ssl(tls), "http/1.1"), http))
                .orElseGet(() -> new ServerConnector(server, 1, 1, http));
        connector.setHost(served.address().getHostAddress());
        connector.setPort(served.port());
        connector.setAcceptQueueSize(BACKLOG);
        connector.setAcceptedSendBufferSize(UNSENT_BYTES);
        connector.setIdleTimeout(served.limits().answer().toMillis());
        connector.addBean(deadlines);
        server.addConnector(connector);
        NetworkConnectionLimit most = new NetworkConnectionLimit(served.limits().connections(), connector);
        most.setEndPointIdleTimeout(CROWDED_IDLE_MILLIS);
        server.addBean(most);
        return connector;
    }

    private static SslContextFactory.Server ssl(Tls tls) {
        SslContextFactory.Server ssl = new SslContextFactory.Server();
        ssl.setKeyStore(tls.keys());
        ssl.setKeyManagerPassword(Tls.NO_SECRET);
        ssl.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        ssl.setRenegotiationAllowed(false);
        return ssl;
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }

    /// Where a browser finds it.
    public URI address() {
        String address = served.address().getHostAddress();
        String host = address.contains(":") ? "[" + address + "]" : address;
        return URI.create((served.tls().isPresent() ? "https" : "http") + "://" + (served.isOpen() ? host : "localhost")
                + ":" + connector.getLocalPort() + "/");
    }

    /// Ends all connections. Idempotent.
    @Override
    public void close() {
        events.close();
        deadlines.close();
        own.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("expected the server to end, found " + e.getMessage(), e);
        }
    }
}
