package io.staunch.collect;

import io.staunch.collect.internal.PerfData;
import io.staunch.collect.internal.ProcFs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Watches a JVM through its attach door and its local JMX connector: no agent, no restart, no flag. What asks more of
/// the target than [#read] says what it will cost ([#predictedPause]) and what it did cost ([#cost]).
public final class JvmProbe implements Probe {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration BETWEEN_CPU_LOOKS = Duration.ofSeconds(10);

    private final ProcFs proc = ProcFs.HOST;
    private final JvmInfo info;
    private final TargetCalls calls;
    private final AttachSocket attach;
    private final Optional<Jmx> jmx;
    private final Optional<HeapReadings> heap;
    private final PerfReadings counterReadings = new PerfReadings();
    private final Optional<Path> counters;
    private final ProcessReadings process;
    private final PauseMeter pauses;
    private final CpuMeter cpu;
    private Duration paused = Duration.ZERO;
    private Instant lastCpuLook = Instant.EPOCH;

    private JvmProbe(JvmInfo info, TargetCalls calls, Optional<Jmx> jmx, Optional<HeapReadings> heap, CpuMeter cpu) {
        this.info = info;
        this.calls = calls;
        this.attach = AttachSocket.of(proc, info.pid());
        this.jmx = jmx;
        this.heap = heap;
        this.counters = PerfData.fileOf(proc, info.pid());
        this.process = new ProcessReadings(proc, info.pid());
        this.pauses = new PauseMeter(proc, info.pid());
        this.cpu = cpu;
    }

    /// Takes up to a second; starts the target's local connector if it does not run yet, which stays.
    public static JvmProbe attach(long pid) throws AttachFailed {
        TargetCalls calls = new TargetCalls(pid);
        CpuMeter cpu = new CpuMeter(ProcFs.HOST, pid);
        boolean attached = false;
        try {
            Optional<String> address = Attaching.open(pid, calls);
            JvmProbe probe = connect(pid, address, calls, cpu);
            attached = true;
            return probe;
        } finally {
            if (!attached) {
                calls.close();
            }
        }
    }

    private static JvmProbe connect(long pid, Optional<String> address, TargetCalls calls, CpuMeter cpu)
            throws AttachFailed {
        try {
            return calls.call("connect", READ_TIMEOUT, () -> {
                Optional<Jmx> jmx = address.isPresent() ? Optional.of(Jmx.connect(address.get())) : Optional.empty();
                Optional<HeapReadings> heap =
                        jmx.isPresent() ? Optional.of(new HeapReadings(jmx.get())) : Optional.empty();
                return new JvmProbe(describe(pid, heap), calls, jmx, heap, cpu);
            });
        } catch (TargetGone e) {
            AttachFailed.Kind kind = switch (e.kind()) {
                case DIED -> AttachFailed.Kind.DIED;
                case NOT_ANSWERING -> AttachFailed.Kind.TIMED_OUT;
            };
            throw new AttachFailed(kind, String.valueOf(e.getMessage()), e);
        }
    }

    private static JvmInfo describe(long pid, Optional<HeapReadings> heap) throws IOException {
        JvmInfo outside = Jvms.describe(pid)
                .orElseThrow(() -> new IOException("pid " + pid + ": expected a JVM, found that it has ended"));
        Collector collector = heap.map(HeapReadings::collector).orElse(outside.collector());
        return new JvmInfo(
                pid,
                outside.name(),
                outside.runtime(),
                outside.vm(),
                collector,
                outside.user(),
                outside.release(),
                outside.started(),
                outside.classPath(),
                heap.isPresent() ? JvmInfo.Way.JMX : JvmInfo.Way.ATTACH);
    }

    public JvmInfo info() {
        return info;
    }

    @Override
    public String name() {
        return info.name();
    }

    @Override
    public List<Reading> read() throws TargetGone {
        Instant now = Instant.now();
        List<Reading> readings = new ArrayList<>();
        Optional<PerfData> values = counters.flatMap(PerfData::read);
        if (heap.isPresent()) {
            readings.addAll(calls.call("reading", READ_TIMEOUT, () -> heap.get().read(now)));
        } else {
            calls.call("reading", READ_TIMEOUT, calls::isAlive);
            values.ifPresent(found -> readings.addAll(PerfReadings.others(now, found)));
        }
        values.ifPresent(found -> readings.addAll(counterReadings.liveSet(now, found, heap.isEmpty())));
        OptionalLong committed = heap.isPresent()
                ? OptionalLong.of(heap.get().heapCommitted())
                : values.map(PerfReadings::heapCommitted).orElse(OptionalLong.empty());
        readings.addAll(process.read(now, committed, info.collector()));
        if (lastCpuLook.plus(BETWEEN_CPU_LOOKS).isBefore(now)) {
            lastCpuLook = now;
            cpu.look();
        }
        return readings;
    }

    /// What the target will stand still for, at the heap it has in use now.
    public Duration predictedPause(Operation operation) {
        long used = heap.map(HeapReadings::heapUsed)
                .filter(bytes -> bytes > 0)
                .or(() -> counters.flatMap(PerfData::read).map(PerfReadings::heapUsed))
                .orElse(0L);
        return PausePrediction.of(info.collector(), used, operation);
    }

    /// Counts the objects in the target's heap. The target stands still meanwhile, see [#predictedPause].
    ///
    /// @param live collect first, so that only what is reachable is counted: exact, and several times longer
    public Histogram histogram(boolean live) throws TargetGone, InterruptedException {
        Operation operation = live ? Operation.HISTOGRAM_LIVE : Operation.HISTOGRAM_ALL;
        Duration timeout = READ_TIMEOUT.plus(predictedPause(operation).multipliedBy(20));
        long cpuBefore = cpu.collectingNanos();
        PauseMeter.Running running = pauses.start();
        String text = calls.longCall(
                operation.toString(), timeout, () -> attach.jcmd("GC.class_histogram" + (live ? "" : " -all")));
        Instant counted = Instant.now();
        Duration pause = running.stop();
        charge(pause, cpu.collectingNanos() - cpuBefore);
        List<TypeCount> types = HistogramText.parse(text);
        if (types.isEmpty()) {
            throw new TargetGone(
                    TargetGone.Kind.NOT_ANSWERING,
                    "pid " + info.pid() + ", " + operation + ": expected a table of types, found "
                            + text.lines().findFirst().orElse("nothing"));
        }
        return new Histogram(counted, pause, live, types);
    }

    private synchronized void charge(Duration pause, long cpuNanos) {
        paused = paused.plus(pause);
        cpu.add(cpuNanos);
    }

    @Override
    public synchronized Cost cost() {
        cpu.look();
        return new Cost(paused.toNanos() / 1e6, cpu.millis());
    }

    @Override
    public void close() {
        if (jmx.isPresent() && calls.isAlive()) {
            try {
                calls.call("closing", Duration.ofSeconds(2), () -> {
                    jmx.get().close();
                    return true;
                });
            } catch (TargetGone e) {
                // It holds nothing of ours any more.
                calls.close();
            }
        }
        calls.close();
    }
}
