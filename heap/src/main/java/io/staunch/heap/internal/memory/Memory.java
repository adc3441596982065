package io.staunch.heap.internal.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;

/// Memory outside the Java heap under one limit. What is asked for lies in anonymous memory while the limit lasts,
/// and in mapped temporary files from then on: the system keeps their pages in its cache while there is room, writes
/// them out when there is none, and drops them unwritten when they are freed in time. The files have no name once
/// mapped, so nothing is left behind whatever happens. Safe for use by several threads.
public final class Memory implements AutoCloseable {
    /// Smaller tables are not worth a file of their own.
    private static final long LEAST_FILE_BYTES = 1 << 20;
    private static final long ALIGNMENT = 64;

    private final long leastFileBytes;

    private final Path folder;
    private final AtomicLong free;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private final AtomicLong onDisk = new AtomicLong();
    private final AtomicLong peakOnDisk = new AtomicLong();
    private final Arena kept;
    private final Arena keptOnDisk;
    private final List<Ready> ready = new ArrayList<>();

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

    /// Makes tables ready for who will ask for exactly so many bytes: all but the first on a thread of its own, for
    /// zeroing memory that was never touched takes as long as much of the work on it. What does not fit under the
    /// limit any more is left out, and so are tables that are not worth it.
    public synchronized void prepare(long... bytes) {
        List<Ready> later = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] >= leastFileBytes && take(bytes[i])) {
                Ready table = Ready.of(bytes[i]);
                ready.add(table);
                if (i > 0) {
                    later.add(table);
                }
            }
        }
        if (!later.isEmpty()) {
            Thread.ofPlatform().daemon().name("heap-tables").start(() -> later.forEach(table -> table.made.run()));
        }
    }

    private synchronized Optional<Ready> prepared(long bytes) {
        for (int i = 0; i < ready.size(); i++) {
            if (ready.get(i).bytes == bytes) {
                return Optional.of(ready.remove(i));
            }
        }
        return Optional.empty();
    }

    /// A table that is made ready, in an arena of its own.
    private record Ready(long bytes, Arena arena, FutureTask<MemorySegment> made) {
        static Ready of(long bytes) {
            Arena arena = Arena.ofShared();
            return new Ready(bytes, arena, new FutureTask<>(() -> arena.allocate(bytes, ALIGNMENT)));
        }

        /// Made by this thread where the other has not begun. An interrupt waits until the table is there.
        MemorySegment table() {
            made.run();
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return made.get();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } catch (ExecutionException e) {
                throw failure(e);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private static RuntimeException failure(ExecutionException e) {
            if (e.getCause() instanceof OutOfMemoryError full) {
                throw full;
            }
            return new IllegalStateException("expected a table of zeros, found a failure", e.getCause());
        }

        /// Gives the memory back, once nobody is at work on it.
        void drop() {
            made.cancel(false);
            arena.close();
        }
    }

    @Override
    public synchronized void close() {
        ready.forEach(Ready::drop);
        ready.clear();
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
        private final Queue<Ready> adopted = new ConcurrentLinkedQueue<>();

        Share(boolean disk) {
            this.disk = disk;
        }

        @Override
        public MemorySegment allocate(long bytes, long alignment) {
            if (bytes < leastFileBytes) {
                return backing.allocate(bytes, alignment);
            }
            if (disk) {
                return map(bytes);
            }
            Optional<Ready> table = prepared(bytes);
            if (table.isPresent()) {
                adopted.add(table.get());
                taken.addAndGet(bytes);
                return table.get().table();
            }
            if (!take(bytes)) {
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
            adopted.forEach(Ready::drop);
            adopted.clear();
            free.addAndGet(taken.get());
            held.addAndGet(-taken.get());
            onDisk.addAndGet(-mapped.getAndSet(0));
            taken.set(0);
        }
    }
}
