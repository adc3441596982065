package io.staunch.collect;

import io.staunch.collect.internal.ProcFs;
import io.staunch.collect.internal.ProcStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// Makes a target write its heap to a file: the disk is looked at first, and whatever goes wrong, no file stays.
final class Dumping {
    private static final String FILE = "heap.hprof";
    private static final String DONE = "Heap dump file created";
    /// References are eight bytes in a dump and mostly four in the heap, and each object has 25 bytes of its own.
    private static final double BYTES_PER_HEAP_BYTE = 1.5;
    private static final long FIXED_BYTES = 16 << 20;

    private final ProcFs proc;
    private final long pid;
    private final TargetCalls calls;
    private final AttachSocket attach;
    private final PauseMeter pauses;

    Dumping(ProcFs proc, long pid, TargetCalls calls, AttachSocket attach, PauseMeter pauses) {
        this.proc = proc;
        this.pid = pid;
        this.calls = calls;
        this.attach = attach;
        this.pauses = pauses;
    }

    static long predictedBytes(long heapUsedBytes) {
        return (long) (heapUsedBytes * BYTES_PER_HEAP_BYTE) + FIXED_BYTES;
    }

    HeapDump dump(Path parent, boolean live, long heapUsedBytes, Duration timeout)
            throws DumpFailed, InterruptedException {
        boolean elsewhere = proc.isInOtherNamespace(pid, "mnt");
        Path writable = elsewhere ? proc.asSeenBy(pid, Path.of("/tmp")) : parent.toAbsolutePath();
        checkRoom(writable, predictedBytes(heapUsedBytes));
        if (elsewhere) {
            checkRoom(parent, predictedBytes(heapUsedBytes));
        }
        Path directory = directory(writable);
        boolean done = false;
        try {
            Path seenByTarget = elsewhere ? Path.of("/tmp").resolve(directory.getFileName()) : directory;
            HeapDump dump = write(directory.resolve(FILE), seenByTarget.resolve(FILE), live, timeout);
            HeapDump ours = elsewhere ? moved(dump, parent) : dump;
            done = true;
            return ours;
        } catch (DumpFailed e) {
            delete(directory);
            throw e.kind() == DumpFailed.Kind.REFUSED ? explained(e, writable, predictedBytes(heapUsedBytes)) : e;
        } finally {
            if (!done) {
                delete(directory);
            }
        }
    }

    /// A target that ends, or whose disk fills up, does not always say so.
    private DumpFailed explained(DumpFailed refused, Path directory, long expected) throws DumpFailed {
        if (calls.endsSoon()) {
            String message = "pid " + pid + ", heap dump: expected a running JVM, found that it has ended";
            return new DumpFailed(DumpFailed.Kind.TARGET_GONE, message, refused);
        }
        checkRoom(directory, expected);
        return refused;
    }

    private void checkRoom(Path directory, long expected) throws DumpFailed {
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            if (free < expected) {
                throw new DumpFailed(
                        DumpFailed.Kind.DISK_FULL,
                        String.format(
                                Locale.ROOT,
                                "%s: expected %d MB of room for the dump, found %d MB",
                                directory,
                                expected / 1_000_000,
                                free / 1_000_000));
            }
        } catch (IOException e) {
            throw notWritable(directory, e);
        }
    }

    private static DumpFailed notWritable(Path directory, IOException e) {
        return new DumpFailed(
                DumpFailed.Kind.NOT_WRITABLE,
                directory + ": expected a directory to write the dump to, found "
                        + e.getClass().getSimpleName() + " " + TargetCalls.firstLine(e),
                e);
    }

    private Path directory(Path parent) throws DumpFailed {
        try {
            long owner = proc.status(pid).map(ProcStatus::userId).orElse(0L);
            return DumpDirectory.create(parent, owner);
        } catch (IOException e) {
            throw notWritable(parent, e);
        }
    }

    private HeapDump write(Path file, Path seenByTarget, boolean live, Duration timeout)
            throws DumpFailed, InterruptedException {
        PauseMeter.Running running = pauses.start();
        String answer;
        try {
            answer = calls.longCall(
                    "heap dump",
                    timeout,
                    () -> attach.execute("dumpheap", seenByTarget.toString(), live ? "-live" : "-all"));
        } catch (TargetGone e) {
            throw new DumpFailed(DumpFailed.Kind.TARGET_GONE, String.valueOf(e.getMessage()), e);
        }
        Duration pause = running.stop();
        if (!answer.contains(DONE)) {
            throw refused(file, answer);
        }
        try {
            return new HeapDump(file, Files.size(file), Instant.now(), pause, live);
        } catch (IOException e) {
            throw notWritable(file, e);
        }
    }

    private static DumpFailed refused(Path file, String answer) {
        String words = answer.strip().replaceAll("\\s*\\n\\s*", "; ");
        DumpFailed.Kind kind = words.contains("No space left") || words.contains("Disk quota exceeded")
                ? DumpFailed.Kind.DISK_FULL
                : words.contains("Permission denied") ? DumpFailed.Kind.NOT_WRITABLE : DumpFailed.Kind.REFUSED;
        return new DumpFailed(
                kind, file + ": expected a heap dump, found: " + (words.isEmpty() ? "no word of it" : words));
    }

    /// Out of a container, whose file system is out of reach when it ends.
    private HeapDump moved(HeapDump dump, Path parent) throws DumpFailed {
        try (dump) {
            Path directory = DumpDirectory.create(parent, ownId());
            Path file = directory.resolve(FILE);
            try {
                Files.move(dump.file(), file);
            } catch (IOException e) {
                delete(directory);
                throw e;
            }
            return new HeapDump(file, dump.bytes(), dump.at(), dump.pause(), dump.live());
        } catch (IOException e) {
            throw notWritable(parent, e);
        }
    }

    private long ownId() {
        return proc.status(ProcessHandle.current().pid())
                .map(ProcStatus::userId)
                .orElse(0L);
    }

    private static void delete(Path directory) throws DumpFailed {
        try {
            DumpDirectory.delete(directory);
        } catch (IOException e) {
            throw notWritable(directory, e);
        }
    }
}
