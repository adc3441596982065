package io.staunch.heap.internal.dominators;

import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import java.io.IOException;
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

    /// Writes the values before index `length`.
    void write(TableWriter out, int length) throws IOException {
        out.table(low.asSlice(0, 4L * length));
        out.ints(wraps, wraps.length);
    }

    static Wrapping read(TableReader in) {
        Wrapping values = new Wrapping(in.table());
        values.wraps = in.ints();
        values.highest = values.wraps.length;
        return values;
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
