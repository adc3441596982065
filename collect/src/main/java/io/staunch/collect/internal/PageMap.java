package io.staunch.collect.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalLong;

/// How much of a stretch of addresses is resident, from `/proc/PID/pagemap`: 8 bytes a page, of which the highest bit
/// says whether it is in memory. About 2 ms a gigabyte for us; the kernel holds the target's address space for
/// microseconds at a time only, unlike for `smaps`.
public final class PageMap {
    private static final long PAGE = 4096;
    private static final int CHUNK = 1 << 18;

    private PageMap() {}

    /// Empty if it can't be read.
    public static OptionalLong residentBytes(ProcFs proc, long pid, long start, long end) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.nativeOrder());
        Path file = proc.of(pid).resolve("pagemap");
        long resident = 0;
        try (FileChannel pages = FileChannel.open(file)) {
            long at = start / PAGE * Long.BYTES;
            long stop = end / PAGE * Long.BYTES;
            while (at < stop) {
                buffer.clear().limit((int) Math.min(CHUNK, stop - at));
                int read = pages.read(buffer, at);
                if (read < Long.BYTES) {
                    return OptionalLong.empty();
                }
                for (int i = 0; i + Long.BYTES <= read; i += Long.BYTES) {
                    resident += buffer.getLong(i) >>> 63;
                }
                at += read - read % Long.BYTES;
            }
            return OptionalLong.of(resident * PAGE);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
