package io.staunch.heap.internal.bytes;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A stretch of a dump at a time, for one thread that walks over the whole of it once. It is read into a buffer that
/// stays within the processor's cache, which takes a fraction of what mapping its pages for one look does. A dump that
/// has no file of its own lies in the window as a whole. Positions are the dump's own.
public final class Window implements AutoCloseable {
    private static final ValueLayout.OfInt U4 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong U8 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int BYTES = 1 << 18;

    private final Arena arena;
    private final Optional<FileChannel> channel;
    private final MemorySegment segment;
    private final ByteBuffer buffer;
    private final boolean wideIds;
    private long start;
    private long end;

    private Window(Arena arena, Optional<FileChannel> channel, MemorySegment segment, ByteBuffer buffer, int idSize) {
        this.arena = arena;
        this.channel = channel;
        this.segment = segment;
        this.buffer = buffer;
        this.wideIds = idSize == 8;
    }

    /// Over bytes that are in memory already.
    static Window over(MemorySegment all, int idSize) {
        Window window = new Window(Arena.global(), Optional.empty(), all, ByteBuffer.allocate(0), idSize);
        window.end = all.byteSize();
        return window;
    }

    /// Over a file, which holds `dump`.
    static Window over(DumpBytes dump) throws IOException {
        FileChannel channel = FileChannel.open(dump.file(), StandardOpenOption.READ);
        Arena arena = Arena.ofShared();
        MemorySegment segment = arena.allocate(BYTES, 64);
        return new Window(arena, Optional.of(channel), segment, segment.asByteBuffer(), dump.idSize());
    }

    /// Moves to a position, unless so many bytes from there on are in the window already or the dump ends earlier.
    public void show(long position, int bytes) throws IOException {
        if (channel.isEmpty() || (position >= start && position + bytes <= end)) {
            return;
        }
        buffer.clear();
        start = position;
        end = position;
        try {
            for (int count = 0; count >= 0 && buffer.hasRemaining(); end += Math.max(0, count)) {
                count = channel.get().read(buffer, end);
            }
        } catch (ClosedByInterruptException e) {
            throw (IOException) new InterruptedIOException("interrupted while analysing").initCause(e);
        }
    }

    /// Where the window ends.
    public long end() {
        return end;
    }

    public int u1(long position) {
        return segment.get(ValueLayout.JAVA_BYTE, position - start) & 0xFF;
    }

    public int s4(long position) {
        return segment.get(U4, position - start);
    }

    /// An object id; 0 is null.
    public long id(long position) {
        return wideIds ? segment.get(U8, position - start) : segment.get(U4, position - start) & 0xFFFF_FFFFL;
    }

    @Override
    public void close() throws IOException {
        if (channel.isPresent()) {
            arena.close();
            channel.get().close();
        }
    }
}
