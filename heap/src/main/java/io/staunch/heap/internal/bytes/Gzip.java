package io.staunch.heap.internal.bytes;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Dumps in gzip form, of one member or many.
final class Gzip {
    private static final int BUFFER_BYTES = 1 << 16;

    private Gzip() {}

    static boolean isGzip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 0x1F && in.read() == 0x8B;
        }
    }

    /// Unpacks as much as is sound, HotSpot's own dumps in parallel; a cut-off or damaged rest is left out, which the
    /// reader of the dump then notices.
    static void unpack(Path packed, Path plain, int threads) throws IOException {
        if (!GzipBlocks.unpack(packed, plain, threads)) {
            stream(packed, plain);
        }
    }

    private static void stream(Path packed, Path plain) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(packed), BUFFER_BYTES);
                OutputStream out = Files.newOutputStream(plain)) {
            InputStream unpacked = new GZIPInputStream(in, BUFFER_BYTES);
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = read(unpacked, buffer); count >= 0; count = read(unpacked, buffer)) {
                out.write(buffer, 0, count);
            }
        } catch (EOFException | ZipException damagedHeader) {
            return;
        }
    }

    private static int read(InputStream unpacked, byte[] buffer) throws IOException {
        try {
            return unpacked.read(buffer);
        } catch (EOFException | ZipException damaged) {
            return -1;
        }
    }
}
