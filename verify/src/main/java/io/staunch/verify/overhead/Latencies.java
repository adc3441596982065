package io.staunch.verify.overhead;

/// Counts of latencies in buckets that are an eighth of a power of two wide.
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed on
record Latencies(long[] counts) {
    private static final int STEPS = 8;
    static final int BUCKETS = 64 * STEPS;

    static int bucket(long nanos) {
        long value = Math.max(STEPS, nanos);
        int power = 63 - Long.numberOfLeadingZeros(value);
        return power * STEPS + (int) ((value >>> (power - 3)) & (STEPS - 1));
    }

    /// The upper end of a bucket, milliseconds.
    private static double millis(int bucket) {
        int power = bucket / STEPS;
        return Math.scalb(1 + (bucket % STEPS + 1) / (double) STEPS, power) / 1e6;
    }

    long requests() {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        return all;
    }

    Latencies minus(Latencies before) {
        long[] difference = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            difference[i] = counts[i] - before.counts[i];
        }
        return new Latencies(difference);
    }

    Latencies plus(Latencies other) {
        long[] sum = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) {
            sum[i] = counts[i] + other.counts[i];
        }
        return new Latencies(sum);
    }

    static Latencies none() {
        return new Latencies(new long[BUCKETS]);
    }

    /// The latency, in milliseconds, that the given share of requests did not exceed.
    double quantile(double share) {
        long wanted = (long) Math.ceil(requests() * share);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= wanted && counts[i] > 0) {
                return millis(i);
            }
        }
        return 0;
    }
}
