package io.staunch.server.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Server-sent events: the overview and the list of incidents every two seconds, as `targets` and `incidents`. A
/// bounded number of listeners; one more is asked to come back later, and one that does not take what it is sent is cut
/// off.
final class LiveEvents implements AutoCloseable {
    private static final long EVERY_MILLIS = 2_000;
    private static final byte[] AFTER = "\n\n".getBytes(StandardCharsets.UTF_8);

    private final Overview overview;
    private final Incidents incidents;
    private final Duration patience;
    private final Semaphore places;
    private final CountDownLatch closed = new CountDownLatch(1);

    LiveEvents(Overview overview, Incidents incidents, Limits limits) {
        this.overview = overview;
        this.incidents = incidents;
        this.patience = limits.answer();
        this.places = new Semaphore(limits.listeners());
    }

    /// Returns when the listener has gone or the server ends.
    void stream(Exchange exchange) throws IOException {
        if (!places.tryAcquire()) {
            exchange.send(Response.error(503, "expected fewer listeners, found all places taken")
                    .with("Retry-After", "10")
                    .with("Connection", "close"));
            return;
        }
        try {
            exchange.begin(Response.text("text/event-stream", ""));
            do {
                exchange.deadline(patience);
                write(exchange, "targets", overview.json());
                write(exchange, "incidents", Response.json(incidents.form()).body());
            } while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private static void write(Exchange exchange, String event, byte[] data) throws IOException {
        exchange.write(("event: " + event + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        exchange.write(data);
        exchange.write(AFTER);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
