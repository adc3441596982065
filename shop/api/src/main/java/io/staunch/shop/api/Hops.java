package io.staunch.shop.api;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What the instance measures of its neighbours: how long it waits for a database connection and uses it, how
/// long the payment gateway takes to answer, and how long a fresh connection to each of them takes to be
/// accepted. One JSON line a second. Thread-safe.
final class Hops implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Hops.class.getName());
    private static final int CONNECT_MILLIS = 1_000;

    private final String instance;
    private final Path file;
    private final Map<String, Integer> neighbours;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("hops").factory());
    private Map<Hop, Times> now = new TreeMap<>();

    /// @param neighbours their ports on loopback, by name
    Hops(String instance, Path file, Map<String, Integer> neighbours) {
        this.instance = instance;
        this.file = file;
        this.neighbours = Map.copyOf(neighbours);
    }

    record Hop(String to, String measure) implements Comparable<Hop> {
        @Override
        public int compareTo(Hop other) {
            return (to + measure).compareTo(other.to + other.measure);
        }
    }

    void start() {
        var _ = timer.scheduleAtFixedRate(this::second, 1, 1, TimeUnit.SECONDS);
    }

    synchronized void took(String to, String measure, long nanos) {
        now.computeIfAbsent(new Hop(to, measure), _ -> new Times()).add(nanos);
    }

    /// Takes what the pool of database connections tells.
    IMetricsTracker ofThePool() {
        return new IMetricsTracker() {
            @Override
            public void recordConnectionAcquiredNanos(long nanos) {
                took("database", "wait", nanos);
            }

            @Override
            public void recordConnectionUsageMillis(long millis) {
                took("database", "use", TimeUnit.MILLISECONDS.toNanos(millis));
            }
        };
    }

    private void second() {
        try {
            neighbours.forEach(this::connect);
            Files.writeString(file, line(Instant.now()), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.WARNING, "the measures of a second are lost", e);
        }
    }

    private void connect(String to, int port) {
        long start = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            took(to, "connect", System.nanoTime() - start);
        } catch (IOException e) {
            took(to, "connect failed", System.nanoTime() - start);
        }
    }

    private synchronized String line(Instant time) {
        StringBuilder hops = new StringBuilder();
        now.forEach((hop, times) -> hops.append(hops.isEmpty() ? "" : ",")
                .append("{\"to\":\"%s\",\"measure\":\"%s\",\"calls\":%d,\"millisP95\":%.3f}"
                        .formatted(hop.to, hop.measure, times.count(), times.millis95())));
        now = new TreeMap<>();
        return "{\"time\":\"%s\",\"from\":\"%s\",\"hops\":[%s]}%n".formatted(time, instance, hops);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
