package io.staunch.heap.internal.graph;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A long array of ints outside the Java heap, zero at first. It lives as long as its arena.
public final class Ints {
    private final MemorySegment segment;

    public Ints(Arena arena, long length) {
        this.segment = arena.allocate(Math.multiplyExact(Math.max(1, length), 4L), 64);
    }

    public int get(long index) {
        return segment.getAtIndex(ValueLayout.JAVA_INT, index);
    }

    public void set(long index, int value) {
        segment.setAtIndex(ValueLayout.JAVA_INT, index, value);
    }

    public void fill(byte value) {
        segment.fill(value);
    }

    public void copyFrom(int[] source, int length, long to) {
        MemorySegment.copy(source, 0, segment, ValueLayout.JAVA_INT, to * 4, length);
    }

    public void copyFrom(Ints source) {
        MemorySegment.copy(source.segment, 0, segment, 0, Math.min(segment.byteSize(), source.segment.byteSize()));
    }

    public long length() {
        return segment.byteSize() / 4;
    }
}
