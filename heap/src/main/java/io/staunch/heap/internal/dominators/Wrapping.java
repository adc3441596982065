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

    /// Notes a step that [#sumUp] is to add, less than 2³². Safe for use by several threads at different indices.
    void put(int index, long step) {
        low.setAtIndex(ValueLayout.JAVA_INT, index, (int) step);
    }

    /// Turns the steps at 1 to `last` into the sums of those before each of them; at `last + 1` is the sum of all.
    void sumUp(int last) {
        long sum = 0;
        for (int index = 1; index <= last; index++) {
            long step = low.getAtIndex(ValueLayout.JAVA_INT, index) & 0xFFFF_FFFFL;
            set(index, sum);
            sum += step;
        }
        set(last + 1, sum);
    }

    private void set(int index, long value) {
        if (highest < value >>> 32) {
            wrap(index, value);
        }
        low.setAtIndex(ValueLayout.JAVA_INT, index, (int) value);
    }

    private void wrap(int index, long value) {
        while (highest < value >>> 32) {
            highest++;
            wraps = Arrays.copyOf(wraps, wraps.length + 1);
            wraps[wraps.length - 1] = index;
        }
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
