package io.staunch.heap.internal.graph;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// File positions of 40 bits, one for each object: 4 bytes, and a fifth only when the file is larger than 4 GiB.
final class Offsets {
    private final Ints low;
    private final MemorySegment high;

    Offsets(Arena arena, long objects, long fileBytes) {
        low = new Ints(arena, objects);
        high = fileBytes >>> 32 == 0 ? MemorySegment.NULL : arena.allocate(Math.max(1, objects));
    }

    long get(int object) {
        long position = low.get(object) & 0xFFFF_FFFFL;
        return high.byteSize() == 0 ? position : position | (high.get(ValueLayout.JAVA_BYTE, object) & 0xFFL) << 32;
    }

    void set(int object, long position) {
        low.set(object, (int) position);
        if (high.byteSize() != 0) {
            high.set(ValueLayout.JAVA_BYTE, object, (byte) (position >>> 32));
        }
    }
}
