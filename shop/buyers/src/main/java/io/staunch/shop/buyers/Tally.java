package io.staunch.shop.buyers;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;

/// Counts what happens within a second, and over the whole time. A user is hit by an error or by an answer that took
/// longer than the threshold. Thread-safe.
final class Tally {
    private final long slowNanos;
    private final BitSet seen = new BitSet();
    private final BitSet hit = new BitSet();
    private Second now = new Second();
    private Second all = new Second();

    Tally(Duration slowOver) {
        this.slowNanos = slowOver.toNanos();
    }

    /// What is counted in a span of time.
    private static final class Second {
        private long[] latencies = new long[1024];
        private int requests;
        private long errors;
        private long sessionsOpened;
        private long checkoutsCompleted;
        private long checkoutsFailed;
        private long visitsEnded;
        private long visitsHit;
        private long turnedAway;

        void latency(long nanos) {
            if (requests == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * requests);
            }
            latencies[requests++] = nanos;
        }
    }

    synchronized void answered(long nanos, boolean ok) {
        for (Second span : new Second[] {now, all}) {
            span.latency(nanos);
            span.errors += ok ? 0 : 1;
        }
    }

    synchronized void sessionOpened() {
        now.sessionsOpened++;
        all.sessionsOpened++;
    }

    synchronized void checkout(boolean completed) {
        for (Second span : new Second[] {now, all}) {
            span.checkoutsCompleted += completed ? 1 : 0;
            span.checkoutsFailed += completed ? 0 : 1;
        }
    }

    synchronized void visitEnded(int user, boolean wasHit) {
        seen.set(user);
        if (wasHit) {
            hit.set(user);
        }
        for (Second span : new Second[] {now, all}) {
            span.visitsEnded++;
            span.visitsHit += wasHit ? 1 : 0;
        }
    }

    synchronized void turnedAway(int user) {
        seen.set(user);
        hit.set(user);
        now.turnedAway++;
        all.turnedAway++;
    }

    boolean isSlow(long nanos) {
        return nanos > slowNanos;
    }

    /// The line of the second that ends now; counting starts afresh.
    synchronized Line second(Instant time, long number, long active) {
        Line line = line("second", time, number, active, now);
        now = new Second();
        return line;
    }

    synchronized Line summary(Instant time, long seconds) {
        return line("summary", time, seconds, 0, all);
    }

    private Line line(String kind, Instant time, long number, long active, Second span) {
        long[] sorted = Arrays.copyOf(span.latencies, span.requests);
        Arrays.sort(sorted);
        return new Line(
                kind,
                time,
                number,
                span.requests,
                span.errors,
                new Line.Latency(
                        quantile(sorted, 0.50), quantile(sorted, 0.95), quantile(sorted, 0.99), quantile(sorted, 1)),
                span.sessionsOpened,
                span.checkoutsCompleted,
                span.checkoutsFailed,
                span.visitsEnded,
                span.visitsHit,
                span.turnedAway,
                active,
                seen.cardinality(),
                hit.cardinality());
    }

    /// In milliseconds, to the tenth; 0 when there is none.
    private static double quantile(long[] sorted, double share) {
        if (sorted.length == 0) {
            return 0;
        }
        int index = Math.min(sorted.length - 1, (int) (share * sorted.length));
        return Math.round(sorted[index] / 1e5) / 10.0;
    }
}
