package io.staunch.heap.internal.graph;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// A long array of longs outside the Java heap, zero at first. It lives as long as its arena.
public final class Longs {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private final MemorySegment segment;

    public Longs(Arena arena, long length) {
        this.segment = arena.allocate(bytes(length), 64);
    }

    /// What an array of this length takes.
    public static long bytes(long length) {
        return Math.multiplyExact(Math.max(1, length), 8L);
    }

    /// A view of memory that is there already, as it is.
    public Longs(MemorySegment segment) {
        this.segment = segment;
    }

    /// The values themselves.
    public MemorySegment segment() {
        return segment;
    }

    public long get(long index) {
        return segment.get(LONG, index << 3);
    }

    public void set(long index, long value) {
        segment.set(LONG, index << 3, value);
    }
}
