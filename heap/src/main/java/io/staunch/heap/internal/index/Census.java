package io.staunch.heap.internal.index;

import java.util.Arrays;

/// How many objects there are of each class, and of each length among arrays: all that a histogram needs, for sizes
/// follow once the layout is known. An open-addressing table at most half full; one thread's own until it is
/// merged.
public final class Census {
    private static final long INSTANCE = -1;
    /// Arrays of primitives have lengths from here downwards, so that an element type is never taken for a class's id,
    /// which in a damaged dump may be any number.
    private static final long PRIMITIVES = -2;
    private static final int FIRST_CAPACITY = 1 << 12;

    private long[] types = new long[FIRST_CAPACITY];
    private long[] lengths = new long[FIRST_CAPACITY];
    private long[] counts = new long[FIRST_CAPACITY];
    private int used;

    /// Takes what there is of each class and length.
    interface Action {
        void instances(long classId, long count);

        void objectArrays(long classId, long length, long count);

        void primitiveArrays(int elementType, long length, long count);
    }

    void instance(long classId) {
        add(classId, INSTANCE, 1);
    }

    void objectArray(long classId, int length) {
        add(classId, length, 1);
    }

    void primitiveArray(int elementType, int length) {
        add(elementType, PRIMITIVES - length, 1);
    }

    private void add(long type, long length, long count) {
        int at = slot(type, length);
        while (counts[at] != 0) {
            if (types[at] == type && lengths[at] == length) {
                counts[at] += count;
                return;
            }
            at = (at + 1) & (counts.length - 1);
        }
        types[at] = type;
        lengths[at] = length;
        counts[at] = count;
        if (++used * 2 > counts.length) {
            grow();
        }
    }

    private int slot(long type, long length) {
        long mixed = (type + length * 0x1_0000_0001L) * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> 32) & (counts.length - 1);
    }

    private void grow() {
        Census larger = new Census();
        larger.types = new long[types.length * 2];
        larger.lengths = new long[types.length * 2];
        larger.counts = new long[types.length * 2];
        larger.merge(this);
        types = larger.types;
        lengths = larger.lengths;
        counts = larger.counts;
    }

    void merge(Census other) {
        for (int at = 0; at < other.counts.length; at++) {
            if (other.counts[at] != 0) {
                add(other.types[at], other.lengths[at], other.counts[at]);
            }
        }
    }

    void each(Action action) {
        for (int at = 0; at < counts.length; at++) {
            if (counts[at] == 0) {
                continue;
            }
            long length = lengths[at];
            if (length == INSTANCE) {
                action.instances(types[at], counts[at]);
            } else if (length <= PRIMITIVES) {
                action.primitiveArrays((int) types[at], PRIMITIVES - length, counts[at]);
            } else {
                action.objectArrays(types[at], length, counts[at]);
            }
        }
    }

    /// All objects counted.
    public long objects() {
        return Arrays.stream(counts).sum();
    }
}
