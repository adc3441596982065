package io.staunch.collect;

import io.staunch.collect.internal.CommandLine;
import io.staunch.detect.Series;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;

/// Watches a JVM of any host over JMX: its heap, pools, sessions, threads and files by its MBeans, class histograms and
/// allocation samples if the user may call operations. What the kernel knows of it, its jars and its heap dumps stay
/// out of reach.
public final class RemoteJvmProbe implements JvmEvidence {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectName RUNTIME = Jmx.name("java.lang:type=Runtime");
    private static final ObjectName SYSTEM = Jmx.name("java.lang:type=OperatingSystem");
    private static final ObjectName COMMANDS = Jmx.name("com.sun.management:type=DiagnosticCommand");
    private static final String[] TEXTS = {"[Ljava.lang.String;"};

    private final RemoteJvm target;
    private final TargetCalls calls;
    private final Jmx jmx;
    private final HeapReadings heap;
    private final ServiceReadings service;
    private final boolean mayAsk;
    private Duration paused = Duration.ZERO;

    private RemoteJvmProbe(RemoteJvm target, TargetCalls calls, Jmx jmx, HeapReadings heap, boolean mayAsk) {
        this.target = target;
        this.calls = calls;
        this.jmx = jmx;
        this.heap = heap;
        this.service = new ServiceReadings(jmx);
        this.mayAsk = mayAsk;
    }

    /// Takes at most fifteen seconds.
    public static RemoteJvmProbe connect(JmxAddress address) throws ConnectFailed {
        TargetCalls calls = TargetCalls.remote(address.toString());
        boolean connected = false;
        try {
            RemoteJvmProbe probe = calls.call("connect", CONNECT_TIMEOUT, () -> open(address, calls));
            connected = true;
            return probe;
        } catch (TargetGone e) {
            throw failed(address, e);
        } finally {
            if (!connected) {
                calls.close();
            }
        }
    }

    private static RemoteJvmProbe open(JmxAddress address, TargetCalls calls) throws IOException {
        Jmx jmx = Jmx.connect(address);
        try {
            HeapReadings heap = new HeapReadings(jmx);
            return new RemoteJvmProbe(
                    describe(address, jmx, heap.collector()), calls, jmx, heap, mayCallOperations(jmx));
        } catch (IOException e) {
            jmx.close();
            throw e;
        }
    }

    private static ConnectFailed failed(JmxAddress address, TargetGone gone) {
        Throwable cause = gone.getCause() == null ? gone : gone.getCause();
        String expected = address + ": expected a JVM that answers JMX, found ";
        if (cause instanceof SecurityException) {
            return new ConnectFailed(
                    ConnectFailed.Kind.DENIED, expected + "that it wants another user or password", gone);
        }
        if (cause instanceof IOException) {
            return new ConnectFailed(ConnectFailed.Kind.UNREACHABLE, expected + innermost(cause), gone);
        }
        boolean late = cause instanceof java.util.concurrent.TimeoutException;
        return new ConnectFailed(
                late ? ConnectFailed.Kind.UNREACHABLE : ConnectFailed.Kind.OTHER,
                expected + (late ? "no answer within " + CONNECT_TIMEOUT.toSeconds() + " s" : innermost(cause)),
                gone);
    }

    /// The outer ones say only which step of RMI failed.
    private static String innermost(Throwable cause) {
        Throwable inner = cause;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        String text = TargetCalls.firstLine(inner);
        if (inner instanceof CertPathBuilderException || text.contains("PKIX")) {
            return "a certificate that is not trusted here";
        }
        if (inner instanceof ConnectException) {
            return "nobody who answers there (" + text + ")";
        }
        return text.contains("non-JRMP") ? "something else, or a registry that talks TLS (registry-tls)" : text;
    }

    private static RemoteJvm describe(JmxAddress address, Jmx jmx, Collector collector) throws IOException {
        Map<String, Object> runtime = jmx.attributes(RUNTIME, "StartTime", "SystemProperties", "ClassPath");
        Optional<String> command = property(runtime, "sun.java.command");
        Stream<String> classPath =
                runtime.get("ClassPath") instanceof String path ? Stream.of(path.split("[:;]", -1)) : Stream.empty();
        return new RemoteJvm(
                address.toString(),
                command.map(CommandLine::shortName).orElse(address.toString()),
                property(runtime, "java.version").orElse("unknown"),
                collector,
                property(runtime, "otel.resource.attributes")
                        .flatMap(ReleaseName::fromAttributes)
                        .or(() -> ReleaseName.inPaths(classPath.map(path -> path.replace(File.separatorChar, '/')))),
                runtime.get("StartTime") instanceof Long millis ? Instant.ofEpochMilli(millis) : Instant.EPOCH);
    }

    /// Of the system properties no others are looked at: they may hold what is secret.
    private static Optional<String> property(Map<String, Object> runtime, String name) {
        if (!(runtime.get("SystemProperties") instanceof TabularData properties)) {
            return Optional.empty();
        }
        return Optional.ofNullable(properties.get(new Object[] {name}))
                .map(row -> row.get("value"))
                .map(String::valueOf);
    }

    /// Reading attributes needs less of a right than calling operations.
    private static boolean mayCallOperations(Jmx jmx) throws IOException {
        if (!jmx.has(COMMANDS)) {
            return false;
        }
        try {
            command(jmx, "vmUptime");
            return true;
        } catch (SecurityException e) {
            return false;
        }
    }

    private static String command(Jmx jmx, String operation) throws IOException {
        return String.valueOf(jmx.invoke(COMMANDS, operation, new Object[] {new String[0]}, TEXTS));
    }

    @Override
    public RemoteJvm target() {
        return target;
    }

    @Override
    public Collector collector() {
        return target.collector();
    }

    @Override
    public boolean mayAsk() {
        return mayAsk;
    }

    @Override
    public List<Reading> read() throws TargetGone {
        Instant now = Instant.now();
        return calls.call("reading", READ_TIMEOUT, () -> {
            List<Reading> readings = new ArrayList<>(heap.read(now, Optional.empty()));
            readings.addAll(service.read(now));
            Map<String, Object> files = jmx.attributes(SYSTEM, "OpenFileDescriptorCount", "MaxFileDescriptorCount");
            if (files.get("OpenFileDescriptorCount") instanceof Long open && open >= 0) {
                long most = files.get("MaxFileDescriptorCount") instanceof Long limit ? limit : 0;
                readings.add(Reading.of(Series.OPEN_FILES, now, open, most));
            }
            return readings;
        });
    }

    @Override
    public Duration predictedPause(Operation operation) {
        return PausePrediction.of(collector(), heap.heapUsed(), operation);
    }

    /// The pause is taken to be the whole time of the call, which is a little more.
    @Override
    public Histogram histogram(boolean live) throws TargetGone, InterruptedException {
        Operation operation = live ? Operation.HISTOGRAM_LIVE : Operation.HISTOGRAM_ALL;
        Duration timeout = READ_TIMEOUT.plus(predictedPause(operation).multipliedBy(20));
        Object[] arguments = {live ? new String[0] : new String[] {"-all"}};
        long began = System.nanoTime();
        List<TypeCount> types = calls.longCall(
                operation.toString(),
                timeout,
                () -> HistogramText.parse(String.valueOf(jmx.invoke(COMMANDS, "gcClassHistogram", arguments, TEXTS))));
        Duration pause = Duration.ofNanos(System.nanoTime() - began);
        charge(pause);
        return new Histogram(Instant.now(), pause, live, types);
    }

    private synchronized void charge(Duration pause) {
        paused = paused.plus(pause);
    }

    @Override
    public Optional<NativeSplit> nativeMemory() {
        return Optional.empty();
    }

    @Override
    public List<ThreadGroupCount> threadsByName() throws TargetGone {
        return ThreadNames.grouped(calls.call("thread names", READ_TIMEOUT, () -> ThreadNames.read(jmx)));
    }

    @Override
    public HeapDump dump(Path directory, boolean live) throws DumpFailed {
        throw new DumpFailed(
                DumpFailed.Kind.REFUSED,
                target.address() + ": expected a JVM of this host, found one that would write its dump elsewhere");
    }

    @Override
    public Optional<OldObjectSampling> sampleOldObjects() throws TargetGone {
        return whyNoOldObjects().isPresent() ? Optional.empty() : Optional.of(OldObjectSampling.start(calls, jmx));
    }

    @Override
    public Optional<String> whyNoOldObjects() {
        return mayAsk ? OldObjectSampling.whyNot(collector(), true) : Optional.of("this user may only read");
    }

    @Override
    public Optional<String> codeSource(String type) {
        return Optional.empty();
    }

    @Override
    public synchronized Cost cost() {
        return new Cost(paused.toNanos() / 1e6, 0);
    }

    @Override
    public void close() {
        try {
            calls.call("closing", Duration.ofSeconds(2), () -> {
                jmx.close();
                return true;
            });
        } catch (TargetGone e) {
            // It holds nothing of ours any more.
            calls.close();
        }
        calls.close();
    }
}
