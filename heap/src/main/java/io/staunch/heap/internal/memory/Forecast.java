package io.staunch.heap.internal.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// What analysing so many objects takes, told before it starts.
///
/// @param leastBytes of anonymous memory; with less it can't be done
/// @param comfortableBytes of anonymous memory; more does not help
/// @param diskBytes in temporary files when no more than the least is given
/// @param javaHeapBytes of the least: what must fit into the Java heap
public record Forecast(long leastBytes, long comfortableBytes, long diskBytes, long javaHeapBytes) {
    /// The JVM itself: code, classes, small things.
    private static final long BASE_BYTES = 112L << 20;
    /// The index of ids, and what the dump's own tables take.
    private static final double INDEX_BYTES = 2.5;
    private static final double JAVA_HEAP_BYTES = 1.5;
    private static final long LEAST_JAVA_HEAP = 24L << 20;
    /// With the index less than 24 bytes an object: what is beyond that lies in the system's cache as well.
    private static final int TABLE_BYTES = 20;
    private static final int DISK_BYTES = 48;

    /// For about so many objects.
    public static Forecast of(long objects) {
        long least = BASE_BYTES + (long) (INDEX_BYTES * objects);
        long javaHeap = LEAST_JAVA_HEAP + (long) (JAVA_HEAP_BYTES * objects);
        return new Forecast(least, least + TABLE_BYTES * objects, DISK_BYTES * objects, javaHeap);
    }

    /// How many bytes of tables may lie in memory.
    ///
    /// @param allowed anonymous memory for the whole process; empty for half of what is free
    /// @throws IOException when it is too little, or there is no room for the rest in the folder
    public long tableBytes(Path file, OptionalLong allowed, Path folder) throws IOException {
        long given = allowed.orElse(Math.max(leastBytes, available() / 2));
        if (given < leastBytes) {
            throw tooLittle(
                    file,
                    String.format(Locale.ROOT, "at least %d MiB of memory", mebibytes(leastBytes)),
                    String.format(
                            Locale.ROOT,
                            "%d MiB allowed; %d MiB is the most that helps",
                            mebibytes(given),
                            mebibytes(comfortableBytes)));
        }
        long heap = Runtime.getRuntime().maxMemory();
        if (heap < javaHeapBytes) {
            throw tooLittle(
                    file,
                    String.format(Locale.ROOT, "a Java heap of at least %d MiB (-Xmx)", mebibytes(javaHeapBytes)),
                    mebibytes(heap) + " MiB");
        }
        long tables = Math.min(given, comfortableBytes) - leastBytes;
        long disk = diskBytes - tables;
        long room = Files.getFileStore(folder).getUsableSpace();
        if (room < disk) {
            throw tooLittle(
                    file, mebibytes(disk) + " MiB of room for temporary files in " + folder, mebibytes(room) + " MiB");
        }
        return tables;
    }

    private static IOException tooLittle(Path file, String expected, String found) {
        return new IOException(file.getFileName() + ": expected " + expected + ", found " + found);
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }

    /// Memory that the system could give without swapping, and that the control group allows.
    private static long available() {
        long free = number(Path.of("/proc/meminfo"), "MemAvailable:", 1024);
        long most = number(Path.of("/sys/fs/cgroup/memory.max"), "", 1);
        long used = number(Path.of("/sys/fs/cgroup/memory.current"), "", 1);
        long group = most == UNKNOWN || used == UNKNOWN ? UNKNOWN : Math.max(0, most - used);
        return Math.min(free, group);
    }

    private static final long UNKNOWN = Long.MAX_VALUE;

    private static long number(Path file, String start, long unit) {
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return lines.stream()
                    .filter(line -> line.startsWith(start))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .filter(digits -> !digits.isEmpty())
                    .mapToLong(digits -> Long.parseLong(digits) * unit)
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException | NumberFormatException e) {
            return UNKNOWN;
        }
    }
}
