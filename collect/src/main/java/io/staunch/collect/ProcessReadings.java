package io.staunch.collect;

import io.staunch.collect.internal.CgroupMemory;
import io.staunch.collect.internal.ProcFs;
import io.staunch.collect.internal.ProcStatus;
import io.staunch.detect.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Resident memory and open files of a process, from `/proc`. Costs the target nothing but page-table counters.
final class ProcessReadings {
    private final ProcFs proc;
    private final long pid;

    ProcessReadings(ProcFs proc, long pid) {
        this.proc = proc;
        this.pid = pid;
    }

    /// @param explained bytes in use outside the heap that the JVM itself accounts for; absent where it can't be asked
    List<Reading> read(Instant now, HeapPages heap, OptionalLong explained, Collector collector) {
        List<Reading> readings = new ArrayList<>();
        Optional<ProcStatus> status = proc.status(pid);
        if (status.isPresent() && status.get().resident() > 0) {
            readings.addAll(resident(now, status.get(), heap, explained, collector));
        }
        OptionalLong files = proc.openFiles(pid);
        if (files.isPresent()) {
            long limit = proc.openFilesLimit(pid).orElse(0);
            readings.add(Reading.of(Series.OPEN_FILES, now, files.getAsLong(), limit));
        }
        return readings;
    }

    private List<Reading> resident(
            Instant now, ProcStatus status, HeapPages heap, OptionalLong explained, Collector collector) {
        boolean zgc = collector == Collector.ZGC || collector == Collector.GENERATIONAL_ZGC;
        long own = status.residentAnonymous() + status.residentFile();
        // ZGC's heap is shared memory, which the kernel counts once for each address it is mapped at.
        long shared = zgc && heap.committed().isPresent()
                ? Math.min(status.residentShared(), heap.committed().getAsLong())
                : status.residentShared();
        List<Reading> readings = new ArrayList<>();
        readings.add(Reading.of(Series.RSS, now, own + shared, memoryLimit()));
        if (!zgc && heap.resident().isEmpty()) {
            return readings;
        }
        long heapOfOwn = zgc ? 0 : heap.resident().getAsLong();
        readings.add(Reading.of(Series.RSS_BEYOND_HEAP, now, own + (zgc ? 0 : shared) - heapOfOwn));
        if (explained.isPresent() && heap.isExact()) {
            long left = status.residentAnonymous() - heapOfOwn - explained.getAsLong();
            readings.add(Reading.of(Series.NATIVE_MEMORY, now, Math.max(0, left)));
        }
        return readings;
    }

    /// The heap's part of a process.
    ///
    /// @param resident what of it is in memory, or all that is committed where that is not known
    /// @param isExact  whether it is known
    record HeapPages(OptionalLong committed, OptionalLong resident, boolean isExact) {}

    /// The control group's limit, else the machine's memory.
    long memoryLimit() {
        OptionalLong group = CgroupMemory.of(proc, pid).limit();
        return group.isPresent() ? group.getAsLong() : proc.machineMemory().orElse(0);
    }
}
