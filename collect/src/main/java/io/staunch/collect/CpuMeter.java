package io.staunch.collect;

import io.staunch.collect.internal.ProcFs;
import io.staunch.collect.internal.ProcThread;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// CPU that a target spends on answering us, from the time of its threads that serve attach and JMX. Another tool on
/// the same connector would be counted too. A thread that ends between two looks loses what it did since the first.
final class CpuMeter {
    private static final List<String> SERVING =
            List.of("Attach Listener", "RMI TCP", "RMI Scheduler", "RMI Reaper", "JMX server con");
    private static final List<String> COLLECTING = List.of("VM Thread", "GC Thread", "G1 ", "ParGC", "ZWorker");

    private final ProcFs proc;
    private final long pid;
    private final Map<Long, Long> seen = new HashMap<>();
    private long nanos;

    CpuMeter(ProcFs proc, long pid) {
        this.proc = proc;
        this.pid = pid;
        for (ProcThread thread : proc.threads(pid)) {
            seen.put(thread.id(), thread.cpuNanos());
        }
    }

    /// Looks at the threads; what they used since the last look is added.
    synchronized void look() {
        for (ProcThread thread : proc.threads(pid)) {
            if (isOneOf(SERVING, thread)) {
                nanos += thread.cpuNanos() - seen.getOrDefault(thread.id(), 0L);
                seen.put(thread.id(), thread.cpuNanos());
            }
        }
    }

    /// CPU of the threads that count and collect, for the time in which they do it for us.
    long collectingNanos() {
        return proc.threads(pid).stream()
                .filter(thread -> isOneOf(COLLECTING, thread))
                .mapToLong(ProcThread::cpuNanos)
                .sum();
    }

    synchronized void add(long moreNanos) {
        nanos += Math.max(0, moreNanos);
    }

    synchronized long millis() {
        return nanos / 1_000_000;
    }

    private static boolean isOneOf(List<String> names, ProcThread thread) {
        return names.stream().anyMatch(thread.command()::startsWith);
    }
}
