package io.staunch.heap.internal.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// Reads what a [TableWriter] wrote, in the same order. Tables are not copied but stay where they are, and live as long
/// as the memory that they lie in. What does not fit throws [IndexOutOfBoundsException]; whoever has compared
/// the checksum will not meet it. One thread.
public final class TableReader {
    private static final long PIECE = 1L << 28;

    private final MemorySegment bytes;
    private long at;

    public TableReader(MemorySegment bytes) {
        this.bytes = bytes;
    }

    /// The same checksum as the writer's, over all bytes.
    public long checksum() {
        CRC32C sum = new CRC32C();
        for (long from = 0; from < bytes.byteSize(); from += PIECE) {
            sum.update(bytes.asSlice(from, Math.min(PIECE, bytes.byteSize() - from))
                    .asByteBuffer());
        }
        return sum.getValue();
    }

    public long number() {
        long value = bytes.get(ValueLayout.JAVA_LONG, at);
        at += Long.BYTES;
        return value;
    }

    public int integer() {
        return Math.toIntExact(number());
    }

    public MemorySegment table() {
        long length = number();
        MemorySegment table = bytes.asSlice(at, length);
        at += (length + 7) & -8L;
        return table;
    }

    public String text() {
        return new String(table().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    public int[] ints() {
        return table().toArray(ValueLayout.JAVA_INT);
    }

    public long[] longs() {
        return table().toArray(ValueLayout.JAVA_LONG);
    }
}
