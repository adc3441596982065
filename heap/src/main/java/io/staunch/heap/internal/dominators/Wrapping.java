package io.staunch.heap.internal.dominators;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// A rising sequence of longs kept as ints: where it passes a multiple of 2³² is noted aside.
final class Wrapping {
    private final MemorySegment low;
    private int[] wraps = new int[0];
    private long highest;

    Wrapping(MemorySegment low) {
        this.low = low;
    }

    /// To be called with rising indices and values.
    void set(int index, long value) {
        while (highest < value >>> 32) {
            highest++;
            wraps = Arrays.copyOf(wraps, wraps.length + 1);
            wraps[wraps.length - 1] = index;
        }
        low.setAtIndex(ValueLayout.JAVA_INT, index, (int) value);
    }

    long get(int index) {
        long value = low.getAtIndex(ValueLayout.JAVA_INT, index) & 0xFFFF_FFFFL;
        int high = 0;
        while (high < wraps.length && wraps[high] <= index) {
            high++;
        }
        return (long) high << 32 | value;
    }
}
