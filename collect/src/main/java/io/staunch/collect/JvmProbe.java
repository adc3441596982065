package io.staunch.collect;

import io.staunch.collect.ProcessReadings.HeapPages;
import io.staunch.collect.internal.Mapping;
import io.staunch.collect.internal.PerfData;
import io.staunch.collect.internal.ProcFs;
import io.staunch.detect.Series;
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
public final class JvmProbe implements JvmEvidence {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration BETWEEN_CPU_LOOKS = Duration.ofSeconds(10);

    private final ProcFs proc = ProcFs.HOST;
    private final JvmInfo info;
    private final TargetCalls calls;
    private final AttachSocket attach;
    private final Optional<Jmx> jmx;
    private final Optional<HeapReadings> heap;
    private final Optional<ServiceReadings> service;
    private final HeapRange heapRange;
    private final HeapResidency residency;
    private final CodeSources codeSources;
    private final PerfReadings counterReadings = new PerfReadings();
    private final Optional<Path> counters;
    private final ProcessReadings process;
    private final PauseMeter pauses;
    private final CpuMeter cpu;
    private Duration paused = Duration.ZERO;
    private Instant lastCpuLook = Instant.EPOCH;

    private JvmProbe(
            JvmInfo info,
            TargetCalls calls,
            Optional<Jmx> jmx,
            Optional<HeapReadings> heap,
            HeapRange heapRange,
            CpuMeter cpu) {
        this.info = info;
        this.calls = calls;
        this.attach = AttachSocket.of(proc, info.pid());
        this.jmx = jmx;
        this.heap = heap;
        this.service = jmx.map(ServiceReadings::new);
        this.heapRange = heapRange;
        this.residency = new HeapResidency(proc, info.pid(), heapRange);
        this.codeSources = new CodeSources(proc, info);
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
                HeapRange range =
                        HeapRange.parse(AttachSocket.of(ProcFs.HOST, pid).jcmd("GC.heap_info"));
                return new JvmProbe(describe(pid, heap), calls, jmx, heap, range, cpu);
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
    public JvmInfo target() {
        return info;
    }

    @Override
    public Collector collector() {
        return info.collector();
    }

    @Override
    public boolean mayAsk() {
        return true;
    }

    @Override
    public List<Reading> read() throws TargetGone {
        Instant now = Instant.now();
        List<Reading> readings = new ArrayList<>();
        Optional<PerfData> values = counters.flatMap(PerfData::read);
        if (heap.isPresent()) {
            readings.addAll(calls.call("reading", READ_TIMEOUT, () -> {
                List<Reading> inside = new ArrayList<>(heap.get().read(now, values));
                inside.addAll(service.orElseThrow().read(now));
                return inside;
            }));
        } else {
            calls.call("reading", READ_TIMEOUT, calls::isAlive);
            values.ifPresent(found -> readings.addAll(PerfReadings.others(now, found)));
        }
        values.ifPresent(found -> readings.addAll(counterReadings.liveSet(now, found, heap.isEmpty())));
        OptionalLong committed = heap.isPresent()
                ? OptionalLong.of(heap.get().heapCommitted())
                : values.map(PerfReadings::heapCommitted).orElse(OptionalLong.empty());
        boolean exact = residency.isMeasurable();
        HeapPages pages = new HeapPages(committed, exact ? residency.bytes() : committed, exact);
        readings.addAll(process.read(now, pages, explained(readings), info.collector()));
        if (lastCpuLook.plus(BETWEEN_CPU_LOOKS).isBefore(now)) {
            lastCpuLook = now;
            cpu.look();
        }
        return readings;
    }

    /// What the JVM accounts for outside its heap: metaspace, compiled code, direct buffers.
    private OptionalLong explained(List<Reading> readings) {
        OptionalLong pools = heap.map(HeapReadings::otherPools).orElse(OptionalLong.empty());
        if (pools.isEmpty()) {
            return OptionalLong.empty();
        }
        long direct = readings.stream()
                .filter(reading -> reading.series().equals(Series.DIRECT_BUFFERS))
                .mapToLong(reading -> (long) reading.sample().value())
                .sum();
        return OptionalLong.of(pools.getAsLong() + direct);
    }

    @Override
    public Duration predictedPause(Operation operation) {
        return PausePrediction.of(info.collector(), heapUsed(), operation);
    }

    private long heapUsed() {
        return heap.map(HeapReadings::heapUsed)
                .filter(bytes -> bytes > 0)
                .or(() -> counters.flatMap(PerfData::read).map(PerfReadings::heapUsed))
                .orElse(0L);
    }

    @Override
    public Histogram histogram(boolean live) throws TargetGone, InterruptedException {
        Operation operation = live ? Operation.HISTOGRAM_LIVE : Operation.HISTOGRAM_ALL;
        Duration timeout = READ_TIMEOUT.plus(predictedPause(operation).multipliedBy(20));
        long cpuBefore = cpu.collectingNanos();
        PauseMeter.Running running = pauses.start();
        String command = "GC.class_histogram" + (live ? "" : " -all");
        List<TypeCount> types =
                calls.longCall(operation.toString(), timeout, () -> HistogramText.parse(attach.jcmd(command)));
        Instant counted = Instant.now();
        Duration pause = running.stop();
        charge(pause, cpu.collectingNanos() - cpuBefore);
        return new Histogram(counted, pause, live, types);
    }

    /// Where the target's resident memory is. The kernel walks its page tables meanwhile (half a second at gigabytes),
    /// in which time its threads may wait for new memory, but do not stand still.
    @Override
    public Optional<NativeSplit> nativeMemory() throws TargetGone {
        List<Mapping> mappings = proc.residentMappings(info.pid());
        if (mappings.isEmpty() || !calls.isAlive()) {
            throw new TargetGone(
                    TargetGone.Kind.DIED,
                    "pid " + info.pid() + ", native memory: expected its mappings, found that it has ended");
        }
        return Optional.of(NativeSplit.of(Instant.now(), mappings, heapRange));
    }

    @Override
    public List<ThreadGroupCount> threadsByName() throws TargetGone {
        return ThreadNames.grouped(
                calls.call("thread names", READ_TIMEOUT, () -> ThreadNames.read(proc, info.pid(), jmx)));
    }

    /// Has the target write its heap to a file in the directory; see [HeapDump] for how long that stays. The target
    /// stands still meanwhile, see [#predictedPause].
    @Override
    public HeapDump dump(Path directory, boolean live) throws DumpFailed, InterruptedException {
        Duration predicted = predictedPause(live ? Operation.DUMP_LIVE : Operation.DUMP_ALL);
        long cpuBefore = cpu.collectingNanos();
        HeapDump dump = new Dumping(proc, info.pid(), calls, attach, pauses)
                .dump(directory, live, heapUsed(), Duration.ofMinutes(2).plus(predicted.multipliedBy(20)));
        charge(dump.pause(), cpu.collectingNanos() - cpuBefore);
        return dump;
    }

    /// How much room a dump would need at most, bytes.
    public long predictedDumpBytes() {
        return Dumping.predictedBytes(heapUsed());
    }

    @Override
    public Optional<OldObjectSampling> sampleOldObjects() throws TargetGone {
        return whyNoOldObjects().isPresent()
                ? Optional.empty()
                : Optional.of(OldObjectSampling.start(calls, jmx.orElseThrow()));
    }

    /// Samples for a while, then removes the recording, also if interrupted.
    public OldObjects oldObjects(Duration sampled) throws TargetGone, InterruptedException {
        Optional<String> why = whyNoOldObjects();
        if (why.isPresent()) {
            return new OldObjects.NotMeasured(why.get());
        }
        try (OldObjectSampling sampling = OldObjectSampling.start(calls, jmx.orElseThrow())) {
            Thread.sleep(sampled);
            return sampling.dump();
        }
    }

    @Override
    public Optional<String> whyNoOldObjects() {
        return OldObjectSampling.whyNot(info.collector(), jmx.isPresent());
    }

    /// The directory or jar that the target has a type from, as a path that we can open, with `!/` before a jar within
    /// a jar: `/srv/app.jar!/BOOT-INF/lib/session-store-2.3.1.jar`. Empty for the JDK's own types. The first call
    /// reads the directories of all jars.
    @Override
    public Optional<String> codeSource(String type) {
        return codeSources.of(type);
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
