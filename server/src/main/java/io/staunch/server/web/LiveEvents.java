package io.staunch.server.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Server-sent events: at first the overview and the list of incidents, as `targets` and `incidents`; then every two
/// seconds, as `changes`, what is different in the overview, and the list of incidents again when it is another. A
/// bounded number of listeners; one more is asked to come back later, and one that does not take what it is sent is cut
/// off.
final class LiveEvents implements AutoCloseable {
    private static final long EVERY_MILLIS = 2_000;
    private static final byte[] AFTER = "\n\n".getBytes(StandardCharsets.UTF_8);

    private final OverviewChanges overview;
    private final Incidents incidents;
    private final Duration patience;
    private final Semaphore places;
    private final CountDownLatch closed = new CountDownLatch(1);

    LiveEvents(OverviewChanges overview, Incidents incidents, Limits limits) {
        this.overview = overview;
        this.incidents = incidents;
        this.patience = limits.answer();
        this.places = new Semaphore(limits.listeners());
    }

    /// Returns when the listener has gone or the server ends.
    ///
    /// @param after what the listener knows already, by its token; blank if nothing
    void stream(Exchange exchange, String after) throws IOException {
        if (!places.tryAcquire()) {
            exchange.send(Response.error(503, "expected fewer listeners, found all places taken")
                    .with("Retry-After", "10")
                    .with("Connection", "close"));
            return;
        }
        try {
            exchange.begin(Response.text("text/event-stream", ""));
            long heard = overview.heard(after);
            Map<String, Object> listed = Map.of();
            do {
                exchange.deadline(patience);
                heard = tell(exchange, heard);
                Map<String, Object> list = incidents.form();
                if (!isSame(listed, list)) {
                    write(exchange, "incidents", Response.json(list).body());
                    listed = list;
                }
            } while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private long tell(Exchange exchange, long heard) throws IOException {
        OverviewChanges.Lacking lacking = overview.after(heard);
        for (byte[] piece : lacking.pieces()) {
            write(exchange, lacking.isWhole() ? "targets" : "changes", piece);
        }
        return lacking.number();
    }

    /// But for when it was asked for.
    private static boolean isSame(Map<String, Object> one, Map<String, Object> other) {
        return List.of("warnings", "incidents").stream()
                .allMatch(name -> one.getOrDefault(name, "").equals(other.get(name)));
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
