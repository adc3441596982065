package io.staunch.collect;

import io.staunch.collect.internal.PerfData;
import io.staunch.collect.internal.ProcFs;
import io.staunch.collect.internal.ProcStat;
import io.staunch.collect.internal.ProcStatus;
import io.staunch.detect.Series;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Watches a process that can't be attached to, or is no JVM: resident memory, threads, open files, and, if it is a
/// JVM whose performance counters we may read, its heap after collections. Costs the target nothing.
public final class ProcessProbe implements Probe {
    /// Memory that is the process's own, in memory or swapped out: without files and what it shares with others.
    public static final Series ANONYMOUS = Series.RSS.of("anonymous");

    private final ProcFs proc = ProcFs.HOST;
    private final Target target;
    private final long pid;
    private final long startTicks;
    private final Optional<Path> counters;
    private final ProcessReadings process;
    private final PerfReadings heap = new PerfReadings();

    private ProcessProbe(Target target, long pid, long startTicks) {
        this.target = target;
        this.pid = pid;
        this.startTicks = startTicks;
        this.counters = PerfData.fileOf(proc, pid);
        this.process = new ProcessReadings(proc, pid);
    }

    public static ProcessProbe of(long pid) throws TargetGone {
        Optional<ProcStat> stat = ProcFs.HOST.stat(pid);
        Optional<Target> target = Jvms.describe(pid).<Target>map(jvm -> jvm).or(() -> HostTargets.plain(pid));
        if (stat.isEmpty() || target.isEmpty()) {
            throw gone(pid);
        }
        return new ProcessProbe(target.get(), pid, stat.get().startTicks());
    }

    private static TargetGone gone(long pid) {
        return new TargetGone(
                TargetGone.Kind.DIED, "pid " + pid + ": expected a running process, found that it has ended");
    }

    @Override
    public Target target() {
        return target;
    }

    @Override
    public List<Reading> read() throws TargetGone {
        Instant now = Instant.now();
        if (proc.stat(pid)
                .filter(stat -> stat.startTicks() == startTicks && stat.state() != 'Z')
                .isEmpty()) {
            throw gone(pid);
        }
        List<Reading> readings = new ArrayList<>();
        Optional<PerfData> values = counters.flatMap(PerfData::read);
        values.ifPresent(found -> {
            readings.addAll(heap.liveSet(now, found, true));
            readings.addAll(PerfReadings.others(now, found));
        });
        OptionalLong committed = values.map(PerfReadings::heapCommitted).orElse(OptionalLong.empty());
        Collector collector = values.map(PerfReadings::collector).orElse(Collector.UNKNOWN);
        readings.addAll(process.read(
                now, new ProcessReadings.HeapPages(committed, committed, false), OptionalLong.empty(), collector));
        proc.status(pid).ifPresent(status -> readings.addAll(of(now, status)));
        return readings;
    }

    private List<Reading> of(Instant now, ProcStatus status) {
        Reading threads = Reading.of(Series.THREADS, now, status.threads());
        return target instanceof PlainProcess && status.resident() > 0
                ? List.of(threads, Reading.of(ANONYMOUS, now, status.held(), process.memoryLimit()))
                : List.of(threads);
    }

    @Override
    public Cost cost() {
        return Cost.NONE;
    }

    @Override
    public void close() {
        // Nothing is held open between two readings.
    }
}
