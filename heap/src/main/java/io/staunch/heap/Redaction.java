package io.staunch.heap;

import io.staunch.heap.internal.bytes.DumpBytes;
import io.staunch.heap.internal.bytes.Outline;
import io.staunch.heap.internal.index.Blanking;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Copies a heap dump without its contents: every primitive field, every element of a primitive array (and so all
/// text) becomes zero, and names that no class, field or method has are blanked. Objects, references, classes and
/// threads stay, so every tool still opens it. What could not be read of a damaged dump is left out of the copy.
public final class Redaction {
    private static final long CHUNK_BYTES = 1L << 20;

    private Redaction() {}

    /// What was done, in bytes.
    public record Result(long writtenBytes, long blankedBytes) {}

    /// Writes `out`, readable by its owner only; it must not exist yet. A failed copy is removed. A dump in gzip form
    /// is read as well; the copy is never packed.
    public static Result redact(Path in, Path out) throws IOException {
        try (Arena arena = Arena.ofShared()) {
            DumpBytes source = DumpBytes.map(in, arena);
            Outline.read(source);
            create(out);
            try {
                return copy(source, out, arena);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(out);
                throw e;
            }
        }
    }

    private static void create(Path out) throws IOException {
        if (out.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(out, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(out);
        }
    }

    private static Result copy(DumpBytes source, Path out, Arena arena) throws IOException {
        long size = source.end();
        try (FileChannel target = FileChannel.open(out, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (long at = 0; at < size; at += CHUNK_BYTES) {
                ByteBuffer chunk = ByteBuffer.wrap(source.copy(at, Math.min(CHUNK_BYTES, size - at)));
                while (chunk.hasRemaining()) {
                    target.write(chunk);
                }
            }
            MemorySegment bytes = target.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
            Blanking blanking = new Blanking(out, bytes);
            long kept = blanking.run();
            target.truncate(kept);
            return new Result(kept, blanking.blankedBytes());
        }
    }
}
