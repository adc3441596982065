package io.staunch.heap.internal.cache;

import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A folder of indexes, one file for each dump; only their owner may read them, for a dump's names may be secrets. What
/// is damaged, cut off, of another version or of another dump is as good as none.
///
/// ```
/// "STAUNCH INDEX 03" | 32 bytes of the dump's key | u8 bytes of tables | u8 their checksum | tables
/// ```
///
/// Numbers are in the machine's own byte order. Files appear whole, by renaming. Together they take at most 8 GiB:
/// those that were not used for longest go first.
public final class IndexFolder {
    /// How large all indexes together may be, in bytes.
    public static final long MOST_BYTES = 8L << 30;

    /// To be raised whenever anything that is written changes.
    private static final int VERSION = 4;

    private static final byte[] MAGIC =
            String.format("STAUNCH INDEX %02d", VERSION).getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_BYTES = 32;
    private static final int HEADER_BYTES = 64;
    private static final String SUFFIX = ".index";
    private static final String UNFINISHED = ".tmp";
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path folder;
    private final long mostBytes;

    public IndexFolder(Path folder) {
        this(folder, MOST_BYTES);
    }

    IndexFolder(Path folder, long mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    /// An index in the folder.
    public record Kept(Path file, long bytes) {}

    /// An index that was found, and its tables.
    public record Found(Kept kept, TableReader tables) {}

    /// Writes the tables of one index.
    @FunctionalInterface
    public interface Content {
        void write(TableWriter out) throws IOException;
    }

    /// The index of a dump if there is a sound one; its tables live as long as the arena. Reads all of it once, to
    /// compare its checksum.
    public Optional<Found> find(Path dump, Arena arena) {
        try {
            DumpKey key = DumpKey.of(dump);
            Path file = folder.resolve(key.name() + SUFFIX);
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
                if (!isSound(bytes, key)) {
                    return Optional.empty();
                }
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                return Optional.of(
                        new Found(new Kept(file, bytes.byteSize()), new TableReader(bytes.asSlice(HEADER_BYTES))));
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isSound(MemorySegment bytes, DumpKey key) {
        if (bytes.byteSize() < HEADER_BYTES) {
            return false;
        }
        byte[] header = bytes.asSlice(0, HEADER_BYTES).toArray(ValueLayout.JAVA_BYTE);
        ByteBuffer at = ByteBuffer.wrap(header).order(ByteOrder.nativeOrder());
        byte[] magic = new byte[MAGIC.length];
        byte[] itsKey = new byte[KEY_BYTES];
        at.get(magic).get(itsKey);
        return Arrays.equals(magic, MAGIC)
                && key.isContent(itsKey)
                && at.getLong() == bytes.byteSize() - HEADER_BYTES
                && at.getLong() == new TableReader(bytes.asSlice(HEADER_BYTES)).checksum();
    }

    /// Keeps the index of a dump in place of an older one.
    ///
    /// @param aboutBytes how large it will be; there must be room for twice as much
    /// @throws IOException when there is no room, or the folder can't be written to; then nothing is left behind
    public Kept keep(Path dump, long aboutBytes, Content content) throws IOException {
        if (aboutBytes > mostBytes) {
            throw new IOException("expected an index of at most " + mostBytes + " bytes, found " + aboutBytes);
        }
        DumpKey key = DumpKey.of(dump);
        makeFolder();
        long room = Files.getFileStore(folder).getUsableSpace();
        if (room < 2 * aboutBytes) {
            throw new IOException(folder + ": expected room for " + 2 * aboutBytes + " bytes, found " + room);
        }
        Path unfinished = Files.createTempFile(folder, key.name(), UNFINISHED);
        try {
            write(unfinished, key, content);
            Path file = folder.resolve(key.name() + SUFFIX);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            trim(file);
            return new Kept(file, Files.size(file));
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private void makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static void write(Path file, DumpKey key, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.position(HEADER_BYTES);
            TableWriter tables = new TableWriter(channel);
            content.write(tables);
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.nativeOrder());
            header.put(MAGIC).put(key.content()).putLong(tables.finish()).putLong(tables.checksum());
            channel.write(header.flip(), 0);
        }
    }

    /// Deletes what was abandoned, and then the longest unused until the rest fits; never the newest.
    private void trim(Path newest) throws IOException {
        List<Path> indexes = new ArrayList<>();
        Instant abandoned = Instant.now().minus(ABANDONED);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(SUFFIX)) {
                    indexes.add(file);
                } else if (file.toString().endsWith(UNFINISHED) && used(file).isBefore(abandoned)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        indexes.sort(Comparator.comparing(IndexFolder::used).reversed());
        long sum = Files.size(newest);
        for (Path file : indexes) {
            if (!file.equals(newest)) {
                sum += Files.exists(file) ? Files.size(file) : 0;
                if (sum > mostBytes) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /// When a file was used last; long ago when it is gone.
    private static Instant used(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException gone) {
            return Instant.EPOCH;
        }
    }
}
