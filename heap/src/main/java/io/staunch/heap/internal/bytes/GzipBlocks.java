package io.staunch.heap.internal.bytes;

import io.staunch.heap.internal.graph.Parallel;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Unpacks what HotSpot writes with `-gz` on all cores: a row of gzip members that do not depend on each other, which
/// the comment of the first one announces. Members are found by their first eight bytes and placed by the lengths in
/// their last four; a member that does not end where the next one starts shows that it was none.
///
/// ```
/// 1F 8B 08 | flags: 00, or 10 with a comment | 4 x 00 | 2 bytes | comment 00 | deflated | u4 CRC | u4 length
/// ```
final class GzipBlocks {
    private static final String ANNOUNCED = "HPROF BLOCKSIZE=";
    private static final int COMMENT = 0x10;
    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    /// HotSpot's own have a MiB.
    private static final int MOST_BLOCK_BYTES = 1 << 25;
    /// Deflate says no more with one byte.
    private static final int MOST_TIMES = 1032;
    private static final ValueLayout.OfInt LENGTH = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment packed;
    private final FileChannel plain;
    private final List<Long> starts = new ArrayList<>();
    private final List<Long> places = new ArrayList<>();

    private GzipBlocks(MemorySegment packed, FileChannel plain) {
        this.packed = packed;
        this.plain = plain;
    }

    /// False when the file is none of these or not sound to its end; then it has to be read as one stream.
    static boolean unpack(Path packed, Path plain, int threads) throws IOException {
        try (Arena arena = Arena.ofShared();
                FileChannel in = FileChannel.open(packed, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(plain, StandardOpenOption.WRITE)) {
            MemorySegment bytes = in.map(FileChannel.MapMode.READ_ONLY, 0, in.size(), arena);
            GzipBlocks blocks = new GzipBlocks(bytes, out);
            if (!blocks.announced() || !blocks.find()) {
                return false;
            }
            Parallel.run(blocks.starts.size() - 1, threads, () -> blocks::unpack);
            return true;
        } catch (Unsound unsound) {
            return false;
        }
    }

    /// A member that is not what it looked like.
    private static final class Unsound extends IOException {
        Unsound(String message) {
            super(message);
        }
    }

    private boolean announced() {
        if (packed.byteSize() < HEADER + ANNOUNCED.length() + TRAILER || !isStart(0)) {
            return false;
        }
        byte[] comment = packed.asSlice(HEADER, ANNOUNCED.length()).toArray(ValueLayout.JAVA_BYTE);
        return new String(comment, StandardCharsets.ISO_8859_1).equals(ANNOUNCED);
    }

    private boolean isStart(long at) {
        return packed.get(ValueLayout.JAVA_BYTE, at) == 0x1F
                && packed.get(ValueLayout.JAVA_BYTE, at + 1) == (byte) 0x8B
                && packed.get(ValueLayout.JAVA_BYTE, at + 2) == 8
                && (packed.get(ValueLayout.JAVA_BYTE, at + 3) & ~COMMENT) == 0
                && packed.get(ValueLayout.JAVA_INT_UNALIGNED, at + 4) == 0;
    }

    /// Where members start in the packed file, and their contents in the plain one.
    private boolean find() {
        long end = packed.byteSize();
        long place = 0;
        for (long at = 0; at + HEADER + TRAILER <= end; at++) {
            if (isStart(at)) {
                if (at > 0) {
                    place += length(at);
                }
                starts.add(at);
                places.add(place);
            }
        }
        starts.add(end);
        return starts.size() > 1;
    }

    /// How long the contents are of the member that ends here.
    private long length(long end) {
        return packed.get(LENGTH, end - 4) & 0xFFFF_FFFFL;
    }

    private void unpack(int number) throws IOException {
        long start = starts.get(number);
        long end = starts.get(number + 1);
        long length = length(end);
        long body = start + HEADER;
        if ((packed.get(ValueLayout.JAVA_BYTE, start + 3) & COMMENT) != 0) {
            while (body < end && packed.get(ValueLayout.JAVA_BYTE, body) != 0) {
                body++;
            }
            body++;
        }
        long packedBytes = end - body - TRAILER;
        boolean promisesTooMuch = length > MOST_BLOCK_BYTES || length > packedBytes * MOST_TIMES;
        if (promisesTooMuch || packedBytes < 0 || packedBytes > MOST_BLOCK_BYTES) {
            throw new Unsound("a member of " + length + " bytes at byte " + start);
        }
        ByteBuffer contents = ByteBuffer.wrap(inflate(body, end - TRAILER, (int) length));
        CRC32 check = new CRC32();
        check.update(contents.array());
        if ((int) check.getValue() != packed.get(LENGTH, end - TRAILER)) {
            throw new Unsound("contents that do not agree with their check sum at byte " + start);
        }
        for (long at = places.get(number); contents.hasRemaining(); ) {
            at += plain.write(contents, at);
        }
    }

    private byte[] inflate(long from, long to, int length) throws Unsound {
        byte[] contents = new byte[length];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed.asSlice(from, to - from).asByteBuffer());
            int done = 0;
            while (done < length && !inflater.finished()) {
                int count = inflater.inflate(contents, done, length - done);
                if (count == 0) {
                    break;
                }
                done += count;
            }
            inflater.inflate(new byte[1]);
            if (done != length || !inflater.finished() || inflater.getRemaining() != 0) {
                throw new Unsound("a member that does not end where the next one starts, at byte " + from);
            }
            return contents;
        } catch (DataFormatException e) {
            throw new Unsound("no deflated bytes at byte " + from + ": " + e.getMessage());
        } finally {
            inflater.end();
        }
    }
}
