package io.staunch.server.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/// Cuts connections that take too long, whatever they do in the meantime: who sends a byte a second is as slow as who
/// sends none. A connection has one deadline at a time, for what is expected of it next. Closing never waits for the
/// other side. Safe for several threads.
final class Deadlines implements Connection.Listener, AutoCloseable {
    private static final long LOOK_MILLIS = 250;

    private final Duration first;
    /// Moments of `System.nanoTime`, by the connection on the wire.
    private final Map<EndPoint, Long> due = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// @param first until a new connection has sent its first request
    Deadlines(Duration first) {
        this.first = first;
        Thread.ofVirtual().name("deadlines").start(this::watch);
    }

    @Override
    public void onOpened(Connection connection) {
        if (!(connection.getEndPoint() instanceof EndPoint.Wrapper)) {
            due.put(connection.getEndPoint(), System.nanoTime() + first.toNanos());
        }
    }

    @Override
    public void onClosed(Connection connection) {
        due.remove(connection.getEndPoint());
    }

    /// Instead of the deadline before.
    void next(EndPoint connection, Duration within) {
        due.computeIfPresent(onTheWire(connection), (_, _) -> System.nanoTime() + within.toNanos());
    }

    /// Under TLS: closing it there would wait for its own farewell.
    private static EndPoint onTheWire(EndPoint connection) {
        EndPoint wire = connection;
        while (wire instanceof EndPoint.Wrapper wrapper) {
            wire = wrapper.unwrap();
        }
        return wire;
    }

    private void watch() {
        try {
            while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                long now = System.nanoTime();
                due.forEach((connection, moment) -> {
                    if (now - moment >= 0) {
                        connection.close(new TimeoutException("expected it sooner"));
                    }
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
