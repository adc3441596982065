package io.staunch.heap.internal.index;

import java.util.Arrays;

/// How many objects there are of each class, and of each length among arrays: all that a histogram needs, for sizes
/// follow once the layout is known. Short arrays of primitives have a counter each; all else lies in an open-addressing
/// table at most half full. One thread's own until it is merged.
///
/// ```
/// slot: class | length, or -1 for instances | how many | unused
/// ```
public final class Census {
    private static final long INSTANCE = -1;
    /// Arrays of primitives have lengths from here downwards, so that an element type is never taken for a class's id,
    /// which in a damaged dump may be any number.
    private static final long PRIMITIVES = -2;
    private static final int FIRST_SLOTS = 1 << 11;
    private static final int SLOT_SHIFT = 2;
    private static final int SHORT_SHIFT = 9;
    private static final int ELEMENT_TYPES = 16;

    private final long[] shortArrays = new long[ELEMENT_TYPES << SHORT_SHIFT];
    private long[] slots = new long[FIRST_SLOTS << SLOT_SHIFT];
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
        if (length >>> SHORT_SHIFT == 0) {
            shortArrays[(elementType << SHORT_SHIFT) | length]++;
        } else {
            add(elementType, PRIMITIVES - length, 1);
        }
    }

    private void add(long type, long length, long count) {
        long[] table = slots;
        int mask = table.length - 1;
        int at = first(type, length, mask);
        while (table[at + 2] != 0) {
            if (table[at] == type && table[at + 1] == length) {
                table[at + 2] += count;
                return;
            }
            at = (at + (1 << SLOT_SHIFT)) & mask;
        }
        table[at] = type;
        table[at + 1] = length;
        table[at + 2] = count;
        if (++used << (SLOT_SHIFT + 1) > table.length) {
            grow();
        }
    }

    private static int first(long type, long length, int mask) {
        long mixed = (type + length * 0x1_0000_0001L) * 0x9E37_79B9_7F4A_7C15L;
        return ((int) (mixed >>> 32) << SLOT_SHIFT) & mask;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        used = 0;
        addAll(old);
    }

    private void addAll(long[] others) {
        for (int at = 0; at < others.length; at += 1 << SLOT_SHIFT) {
            if (others[at + 2] != 0) {
                add(others[at], others[at + 1], others[at + 2]);
            }
        }
    }

    void merge(Census other) {
        addAll(other.slots);
        for (int at = 0; at < shortArrays.length; at++) {
            shortArrays[at] += other.shortArrays[at];
        }
    }

    void each(Action action) {
        for (int at = 0; at < shortArrays.length; at++) {
            if (shortArrays[at] != 0) {
                action.primitiveArrays(at >>> SHORT_SHIFT, at & ((1 << SHORT_SHIFT) - 1), shortArrays[at]);
            }
        }
        for (int at = 0; at < slots.length; at += 1 << SLOT_SHIFT) {
            if (slots[at + 2] != 0) {
                each(action, slots[at], slots[at + 1], slots[at + 2]);
            }
        }
    }

    private static void each(Action action, long type, long length, long count) {
        if (length == INSTANCE) {
            action.instances(type, count);
        } else if (length <= PRIMITIVES) {
            action.primitiveArrays((int) type, PRIMITIVES - length, count);
        } else {
            action.objectArrays(type, length, count);
        }
    }

    /// All objects counted.
    public long objects() {
        long sum = Arrays.stream(shortArrays).sum();
        for (int at = 2; at < slots.length; at += 1 << SLOT_SHIFT) {
            sum += slots[at];
        }
        return sum;
    }
}
