package io.staunch.heap.internal.bytes;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Reads a file from its beginning to its end, for the system to have it ready when it is wanted: whoever walks over it
/// then waits for the processor alone, not for the disk in turn with it. Of a file that is in the system's cache
/// already
/// it costs a copy, some 50 ms of a core for each GB.
public final class ReadAhead implements AutoCloseable {
    private static final int BLOCK_BYTES = 1 << 20;

    private final Path file;
    private volatile boolean closed;

    public ReadAhead(Path file) {
        this.file = file;
    }

    /// Begins on a thread of its own, which ends with the file or soon after [#close()].
    public void begin() {
        Thread.ofPlatform().daemon().name("heap-read-ahead").start(this::run);
    }

    private void run() {
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer block = arena.allocate(BLOCK_BYTES).asByteBuffer();
            while (!closed && channel.read(block.clear()) > 0) {
                // It is read to be in the system's cache.
            }
        } catch (IOException e) {
            // Who walks over the file meets the same, and tells.
            return;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
