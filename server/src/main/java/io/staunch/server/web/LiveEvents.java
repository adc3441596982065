package io.staunch.server.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Server-sent events: the overview every two seconds, as the event `targets`. A bounded number of listeners; one more
/// is asked to come back later.
final class LiveEvents implements AutoCloseable {
    private static final int MOST = 200;
    private static final long EVERY_MILLIS = 2_000;

    private final Overview overview;
    private final Semaphore places = new Semaphore(MOST);
    private final CountDownLatch closed = new CountDownLatch(1);

    LiveEvents(Overview overview) {
        this.overview = overview;
    }

    /// Returns when the listener has gone or the server ends.
    void stream(HttpExchange exchange) throws IOException {
        if (!places.tryAcquire()) {
            Door.send(exchange, Response.error(503, "too many listen already").with("Retry-After", "10"));
            return;
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                do {
                    out.write("event: targets\ndata: ".getBytes(StandardCharsets.UTF_8));
                    out.write(Response.json(overview.form()).body());
                    out.write("\n\n".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                } while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
