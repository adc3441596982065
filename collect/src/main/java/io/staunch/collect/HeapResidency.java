package io.staunch.collect;

import io.staunch.collect.internal.PageMap;
import io.staunch.collect.internal.ProcFs;
import java.time.Duration;
import java.util.OptionalLong;

/// How much of a JVM's heap is in memory: a committed heap that has not been touched yet is not. Looks so rarely that
/// it takes at most a hundredth of our own time, whatever the size of the heap.
final class HeapResidency {
    private static final int SHARE = 100;
    private static final Duration SHORTEST = Duration.ofMillis(500);

    private final ProcFs proc;
    private final long pid;
    private final HeapRange range;
    private long nextNanos = System.nanoTime();
    private boolean readable = true;

    HeapResidency(ProcFs proc, long pid, HeapRange range) {
        this.proc = proc;
        this.pid = pid;
        this.range = range;
    }

    /// False where the heap's place is not known or the kernel does not tell.
    boolean isMeasurable() {
        return readable && !range.isEmpty();
    }

    /// Empty if it is not yet time to look again, or the heap's place is not known.
    OptionalLong bytes() {
        long begin = System.nanoTime();
        if (range.isEmpty() || begin < nextNanos) {
            return OptionalLong.empty();
        }
        OptionalLong resident = PageMap.residentBytes(proc, pid, range.start(), range.end());
        readable = resident.isPresent();
        long now = System.nanoTime();
        nextNanos = now + Math.max(SHORTEST.toNanos(), (now - begin) * SHARE);
        return resident;
    }
}
