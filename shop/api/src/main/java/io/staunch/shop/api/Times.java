package io.staunch.shop.api;

import java.util.Arrays;

/// The times of one second's calls. Not thread-safe.
final class Times {
    private long[] nanos = new long[64];
    private int count;

    void add(long taken) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = taken;
    }

    int count() {
        return count;
    }

    /// 95 % of them took no longer, in milliseconds; 0 when there is none.
    double millis95() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : sorted[Math.min(count - 1, (int) (0.95 * count))] / 1e6;
    }
}
