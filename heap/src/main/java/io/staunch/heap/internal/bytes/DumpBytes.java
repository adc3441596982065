package io.staunch.heap.internal.bytes;

import io.staunch.heap.HeapFormatException;
import io.staunch.heap.internal.memory.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A heap dump as bytes: the mapped file and its header.
///
/// ```
/// "JAVA PROFILE 1.0.2" 00 | u4 bytes of an id | u8 milliseconds since 1970 | records...
/// ```
///
/// All numbers are big-endian. Nothing is copied; reads beyond the end throw [IndexOutOfBoundsException], which the
/// readers above avoid by asking [#end()] first. Safe for use by several threads.
public final class DumpBytes {
    private static final ValueLayout.OfShort U2 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U4 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong U8 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int LONGEST_MAGIC = 32;

    private final Path file;
    private final MemorySegment bytes;
    private final boolean plainFile;
    private final int idSize;
    private final long firstRecord;

    private DumpBytes(Path file, MemorySegment bytes, boolean plainFile, int idSize, long firstRecord) {
        this.file = file;
        this.bytes = bytes;
        this.plainFile = plainFile;
        this.idSize = idSize;
        this.firstRecord = firstRecord;
    }

    /// Maps the file; the mapping lives as long as the arena. A dump in gzip form (`jcmd GC.heap_dump -gz`) is first
    /// unpacked into the folder for temporary files, which must have room for it, and leaves no file behind.
    public static DumpBytes map(Path file, Arena arena) throws IOException {
        return map(file, arena, Memory.usualFolder(), Runtime.getRuntime().availableProcessors());
    }

    /// The same with a folder for temporary files and so many threads.
    public static DumpBytes map(Path file, Arena arena, Path folder, int threads) throws IOException {
        if (!Gzip.isGzip(file)) {
            return of(file, mapped(file, arena), true);
        }
        Path plain = Files.createTempFile(folder, "staunch-", ".hprof");
        try {
            Gzip.unpack(file, plain, threads);
            return of(file, mapped(plain, arena));
        } finally {
            Files.deleteIfExists(plain);
        }
    }

    private static MemorySegment mapped(Path file, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }

    /// A dump that lies in memory already; `file` only names it in errors.
    public static DumpBytes of(Path file, MemorySegment bytes) throws HeapFormatException {
        return of(file, bytes, false);
    }

    private static DumpBytes of(Path file, MemorySegment bytes, boolean plainFile) throws HeapFormatException {
        String magic = magic(bytes);
        if (!magic.startsWith("JAVA PROFILE 1.0.")) {
            throw new HeapFormatException(file, 0, "a heap dump (\"JAVA PROFILE 1.0.2\")", describe(bytes));
        }
        long position = magic.length() + 1L;
        if (bytes.byteSize() < position + 12) {
            throw new HeapFormatException(file, position, "a header of 12 bytes", "the end of the file");
        }
        int idSize = bytes.get(U4, position);
        if (idSize != 4 && idSize != 8) {
            throw new HeapFormatException(file, position, "ids of 4 or 8 bytes", "ids of " + idSize + " bytes");
        }
        return new DumpBytes(file, bytes, plainFile, idSize, position + 12);
    }

    private static String magic(MemorySegment bytes) {
        long longest = Math.min(LONGEST_MAGIC, bytes.byteSize());
        for (int i = 0; i < longest; i++) {
            if (bytes.get(ValueLayout.JAVA_BYTE, i) == 0) {
                return new String(bytes.asSlice(0, i).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    private static String describe(MemorySegment bytes) {
        if (bytes.byteSize() == 0) {
            return "an empty file";
        }
        StringBuilder start = new StringBuilder("bytes");
        for (int i = 0; i < Math.min(8, bytes.byteSize()); i++) {
            start.append(String.format(" %02x", bytes.get(ValueLayout.JAVA_BYTE, i)));
        }
        return start.toString();
    }

    public Path file() {
        return file;
    }

    /// Bytes of an object id: 4 or 8.
    public int idSize() {
        return idSize;
    }

    /// Where the first record starts.
    public long firstRecord() {
        return firstRecord;
    }

    /// Length of the file.
    public long end() {
        return bytes.byteSize();
    }

    public byte s1(long position) {
        return bytes.get(ValueLayout.JAVA_BYTE, position);
    }

    public int u1(long position) {
        return bytes.get(ValueLayout.JAVA_BYTE, position) & 0xFF;
    }

    public int u2(long position) {
        return bytes.get(U2, position) & 0xFFFF;
    }

    public int s4(long position) {
        return bytes.get(U4, position);
    }

    public long u4(long position) {
        return bytes.get(U4, position) & 0xFFFF_FFFFL;
    }

    public long s8(long position) {
        return bytes.get(U8, position);
    }

    /// An object id; 0 is null.
    public long id(long position) {
        return idSize == 8 ? bytes.get(U8, position) : bytes.get(U4, position) & 0xFFFF_FFFFL;
    }

    /// A window for a thread that walks over the dump once; whoever opens it closes it.
    public Window window() throws IOException {
        return plainFile ? Window.over(this) : Window.over(bytes, idSize);
    }

    /// Says that a stretch will not be read again soon: its pages leave this process, and come back when read.
    public void release(long start, long end) {
        if (bytes.isMapped() && end > start) {
            bytes.asSlice(start, end - start).unload();
        }
    }

    /// A stretch of the file as text.
    public String utf8(long position, long length) {
        return new String(copy(position, length), StandardCharsets.UTF_8);
    }

    /// A stretch of the file.
    public byte[] copy(long position, long length) {
        return bytes.asSlice(position, length).toArray(ValueLayout.JAVA_BYTE);
    }
}
