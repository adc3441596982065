package io.staunch.heap.internal.graph;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A long array of ints outside the Java heap, zero at first. It lives as long as its arena.
public final class Ints {
    /// Without an alignment to check: less code to compile, and loops that run for a second are compiled while they
    /// run.
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private final MemorySegment segment;

    public Ints(Arena arena, long length) {
        this.segment = arena.allocate(bytes(length), 64);
    }

    /// What an array of this length takes.
    public static long bytes(long length) {
        return Math.multiplyExact(Math.max(1, length), 4L);
    }

    /// A view of memory that is there already, as it is.
    public Ints(MemorySegment segment) {
        this.segment = segment;
    }

    /// The values themselves.
    public MemorySegment segment() {
        return segment;
    }

    public int get(long index) {
        return segment.get(INT, index << 2);
    }

    public void set(long index, int value) {
        segment.set(INT, index << 2, value);
    }

    public void fill(byte value) {
        segment.fill(value);
    }

    /// Takes over the first so many values of another table.
    public void copyFrom(Ints source, long length) {
        MemorySegment.copy(source.segment, 0, segment, 0, length * 4);
    }

    public long length() {
        return segment.byteSize() / 4;
    }
}
