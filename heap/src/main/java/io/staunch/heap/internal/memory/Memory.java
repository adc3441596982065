package io.staunch.heap.internal.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/// Memory outside the Java heap under one limit. What is asked for lies in anonymous memory while the limit lasts,
/// and in mapped temporary files from then on: the system keeps their pages in its cache while there is room, writes
/// them out when there is none, and drops them unwritten when they are freed in time. The files have no name once
/// mapped, so nothing is left behind whatever happens. Safe for use by several threads.
public final class Memory implements AutoCloseable {
    /// Smaller tables are not worth a file of their own.
    private static final long LEAST_FILE_BYTES = 1 << 20;

    private final long leastFileBytes;

    private final Path folder;
    private final AtomicLong free;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private final AtomicLong onDisk = new AtomicLong();
    private final AtomicLong peakOnDisk = new AtomicLong();
    private final Arena kept;
    private final Arena keptOnDisk;

    /// @param limitBytes of anonymous memory
    /// @param folder for temporary files
    public Memory(long limitBytes, Path folder) {
        this(limitBytes, folder, LEAST_FILE_BYTES);
    }

    /// Tables smaller than `leastFileBytes` are always in memory, and not counted.
    public Memory(long limitBytes, Path folder, long leastFileBytes) {
        this.leastFileBytes = leastFileBytes;
        this.free = new AtomicLong(limitBytes);
        this.folder = folder;
        this.kept = arena();
        this.keptOnDisk = seldomRead();
    }

    /// As much anonymous memory as is asked for.
    public static Memory unlimited() {
        return new Memory(Long.MAX_VALUE / 2, Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    /// Where temporary files go when nobody says otherwise: a folder that is not itself kept in memory, where there
    /// is one.
    public static Path usualFolder() {
        Path lasting = Path.of("/var/tmp");
        return Files.isWritable(lasting) ? lasting : Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    }

    /// An arena for tables that are read and written all over: in memory while the limit lasts.
    public Arena arena() {
        return new Share(false);
    }

    /// An arena for tables that are seldom read: in temporary files whatever the limit.
    public Arena seldomRead() {
        return new Share(true);
    }

    /// An arena as [#arena()] that lives until this memory is closed.
    public Arena kept() {
        return kept;
    }

    /// An arena as [#seldomRead()] that lives until this memory is closed.
    public Arena keptOnDisk() {
        return keptOnDisk;
    }

    @Override
    public void close() {
        kept.close();
        keptOnDisk.close();
    }

    /// The most anonymous memory that was held at one time, in bytes.
    public long peakBytes() {
        return peak.get();
    }

    /// The most that was held in temporary files at one time, in bytes.
    public long peakOnDiskBytes() {
        return peakOnDisk.get();
    }

    private boolean take(long bytes) {
        if (free.addAndGet(-bytes) < 0) {
            free.addAndGet(bytes);
            return false;
        }
        long now = held.addAndGet(bytes);
        peak.accumulateAndGet(now, Math::max);
        return true;
    }

    /// One arena of this memory; closing it gives everything back.
    private final class Share implements Arena {
        private final Arena backing = Arena.ofShared();
        private final boolean disk;
        private final AtomicLong taken = new AtomicLong();
        private final AtomicLong mapped = new AtomicLong();

        Share(boolean disk) {
            this.disk = disk;
        }

        @Override
        public MemorySegment allocate(long bytes, long alignment) {
            if (bytes < leastFileBytes) {
                return backing.allocate(bytes, alignment);
            }
            if (disk || !take(bytes)) {
                return map(bytes);
            }
            taken.addAndGet(bytes);
            return backing.allocate(bytes, alignment);
        }

        private MemorySegment map(long bytes) {
            try {
                Path file = Files.createTempFile(folder, "staunch-", ".tmp");
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    MemorySegment segment = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, backing);
                    mapped.addAndGet(bytes);
                    peakOnDisk.accumulateAndGet(onDisk.addAndGet(bytes), Math::max);
                    return segment;
                } finally {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(
                        folder + ": expected room for a temporary file of " + bytes + " bytes, found none", e);
            }
        }

        @Override
        public MemorySegment.Scope scope() {
            return backing.scope();
        }

        @Override
        public void close() {
            backing.close();
            free.addAndGet(taken.get());
            held.addAndGet(-taken.get());
            onDisk.addAndGet(-mapped.getAndSet(0));
            taken.set(0);
        }
    }
}
