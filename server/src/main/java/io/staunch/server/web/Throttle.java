package io.staunch.server.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// How many requests are answered: token buckets, one for each client and one for all. What is refused for its client
/// does not count for all, so that no single client uses up what the others have. Safe for several threads.
final class Throttle {
    private static final int MOST_CLIENTS = 10_000;
    private static final int BURST_SECONDS = 4;

    private final Limits limits;
    private final LongSupplier nanoTime;
    private final Bucket all;
    /// The one that asked longest ago first; it is let go when there are too many.
    private final Map<String, Bucket> clients = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_CLIENTS;
        }
    };

    private static final class Bucket {
        private double left;
        private long nanos;

        private Bucket(double left, long nanos) {
            this.left = left;
            this.nanos = nanos;
        }

        private void fill(long now, int perSecond) {
            left = Math.min(perSecond * (double) BURST_SECONDS, left + (now - nanos) / 1e9 * perSecond);
            nanos = now;
        }
    }

    Throttle(Limits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.all = new Bucket(limits.inAll() * (double) BURST_SECONDS, nanoTime.getAsLong());
    }

    /// Whether this client may ask once more; counts it if it may.
    synchronized boolean mayAsk(InetAddress client) {
        long now = nanoTime.getAsLong();
        Bucket own =
                clients.computeIfAbsent(name(client), _ -> new Bucket(limits.requests() * (double) BURST_SECONDS, now));
        own.fill(now, limits.requests());
        all.fill(now, limits.inAll());
        if (own.left < 1 || all.left < 1) {
            return false;
        }
        own.left--;
        all.left--;
        return true;
    }

    /// Whoever has an IPv6 address has a whole network of them, of 64 bits at least.
    private static String name(InetAddress client) {
        byte[] address = client.getAddress();
        return HexFormat.of().formatHex(client instanceof Inet6Address ? Arrays.copyOf(address, 8) : address);
    }
}
