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

    /// @param heapResident the part of the heap that is in memory, or the committed heap where that is not known
    List<Reading> read(Instant now, OptionalLong heapCommitted, OptionalLong heapResident, Collector collector) {
        List<Reading> readings = new ArrayList<>();
        Optional<ProcStatus> status = proc.status(pid);
        if (status.isPresent() && status.get().resident() > 0) {
            readings.addAll(resident(now, status.get(), heapCommitted, heapResident, collector));
        }
        OptionalLong files = proc.openFiles(pid);
        if (files.isPresent()) {
            long limit = proc.openFilesLimit(pid).orElse(0);
            readings.add(Reading.of(Series.OPEN_FILES, now, files.getAsLong(), limit));
        }
        return readings;
    }

    private List<Reading> resident(
            Instant now,
            ProcStatus status,
            OptionalLong heapCommitted,
            OptionalLong heapResident,
            Collector collector) {
        boolean zgc = collector == Collector.ZGC || collector == Collector.GENERATIONAL_ZGC;
        long own = status.residentAnonymous() + status.residentFile();
        // ZGC's heap is shared memory, which the kernel counts once for each address it is mapped at.
        long shared = zgc && heapCommitted.isPresent()
                ? Math.min(status.residentShared(), heapCommitted.getAsLong())
                : status.residentShared();
        List<Reading> readings = new ArrayList<>();
        readings.add(Reading.of(Series.RSS, now, own + shared, memoryLimit()));
        if (zgc) {
            readings.add(Reading.of(Series.RSS_BEYOND_HEAP, now, own));
        } else if (heapResident.isPresent()) {
            readings.add(Reading.of(Series.RSS_BEYOND_HEAP, now, own + shared - heapResident.getAsLong()));
        }
        return readings;
    }

    /// The control group's limit, else the machine's memory.
    long memoryLimit() {
        OptionalLong group = CgroupMemory.of(proc, pid).limit();
        return group.isPresent() ? group.getAsLong() : proc.machineMemory().orElse(0);
    }
}
