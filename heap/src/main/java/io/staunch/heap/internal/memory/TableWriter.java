package io.staunch.heap.internal.memory;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// Writes tables one after the other, each at a multiple of 8 bytes, so that a [TableReader] can use them where they
/// lie in the mapped file. Small values are longs. In the machine's own byte order: not for other machines. One thread.
public final class TableWriter {
    private static final int BUFFER = 1 << 16;
    private static final long PIECE = 1L << 28;

    private final FileChannel channel;
    private final CRC32C sum = new CRC32C();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());
    private long written;

    /// Writes from where the channel stands.
    public TableWriter(FileChannel channel) {
        this.channel = channel;
    }

    public void number(long value) throws IOException {
        if (buffer.remaining() < Long.BYTES) {
            flush();
        }
        buffer.putLong(value);
    }

    public void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        table(MemorySegment.ofArray(bytes));
    }

    /// The first so many values.
    public void ints(int[] values, int length) throws IOException {
        table(MemorySegment.ofArray(values).asSlice(0, 4L * length));
    }

    /// The first so many values.
    public void longs(long[] values, int length) throws IOException {
        table(MemorySegment.ofArray(values).asSlice(0, 8L * length));
    }

    /// A table with its length.
    public void table(MemorySegment table) throws IOException {
        number(table.byteSize());
        if (buffer.remaining() < table.byteSize()) {
            flush();
        }
        for (long at = 0; at < table.byteSize(); at += PIECE) {
            MemorySegment piece = table.asSlice(at, Math.min(PIECE, table.byteSize() - at));
            if (piece.isNative() && piece.byteSize() > BUFFER) {
                flush();
                write(piece.asByteBuffer());
            } else {
                copy(piece);
            }
        }
        for (long pad = -table.byteSize() & 7; pad > 0; pad--) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            buffer.put((byte) 0);
        }
    }

    /// Small tables, and those in the Java heap, go through the buffer.
    private void copy(MemorySegment piece) throws IOException {
        for (long at = 0; at < piece.byteSize(); ) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int length = (int) Math.min(buffer.remaining(), piece.byteSize() - at);
            MemorySegment.ofBuffer(buffer).copyFrom(piece.asSlice(at, length));
            buffer.position(buffer.position() + length);
            at += length;
        }
    }

    private void flush() throws IOException {
        write(buffer.flip());
        buffer.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        sum.update(bytes.duplicate());
        written += bytes.remaining();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// Writes what is left; how many bytes there were.
    public long finish() throws IOException {
        flush();
        return written;
    }

    /// A checksum (CRC-32C) of all bytes up to [#finish()].
    public long checksum() {
        return sum.getValue();
    }
}
