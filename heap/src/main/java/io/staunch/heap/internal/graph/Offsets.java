package io.staunch.heap.internal.graph;

import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import java.io.IOException;
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

    private Offsets(Ints low, MemorySegment high) {
        this.low = low;
        this.high = high;
    }

    void write(TableWriter out) throws IOException {
        out.table(low.segment());
        out.table(high);
    }

    static Offsets read(TableReader in) {
        return new Offsets(new Ints(in.table()), in.table());
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
