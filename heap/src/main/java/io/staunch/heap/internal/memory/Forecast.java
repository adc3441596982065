package io.staunch.heap.internal.memory;

import java.io.IOException;
import java.nio.file.FileStore;
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
public record Forecast(long leastBytes, long comfortableBytes, long diskBytes) {
    /// The JVM itself: code, classes, small things.
    private static final long BASE_BYTES = 112L << 20;
    /// The index of ids, and what the dump's own tables take.
    private static final double INDEX_BYTES = 2.5;
    private static final int TABLE_BYTES = 20;
    private static final int DISK_BYTES = 48;

    /// For about so many objects.
    public static Forecast of(long objects) {
        long least = BASE_BYTES + (long) (INDEX_BYTES * objects);
        return new Forecast(least, least + TABLE_BYTES * objects, DISK_BYTES * objects);
    }

    /// How many bytes of tables may lie in memory.
    ///
    /// @param allowed anonymous memory for the whole process; empty for half of what is free
    /// @throws IOException when it is too little, or there is no room for the rest in the folder
    public long tableBytes(Path file, OptionalLong allowed, Path folder) throws IOException {
        long given = allowed.orElse(Math.max(leastBytes, available() / 2));
        if (given < leastBytes) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%s: expected at least %d MiB of memory, found %d MiB allowed; %d MiB is the most that helps",
                    file.getFileName(),
                    mebibytes(leastBytes),
                    mebibytes(given),
                    mebibytes(comfortableBytes)));
        }
        long tables = Math.min(given, comfortableBytes) - leastBytes;
        long disk = diskBytes - tables;
        FileStore store = Files.getFileStore(folder);
        if (store.getUsableSpace() < disk) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "%s: expected %d MiB of room for temporary files in %s, found %d MiB",
                    file.getFileName(),
                    mebibytes(disk),
                    folder,
                    mebibytes(store.getUsableSpace())));
        }
        return tables;
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
