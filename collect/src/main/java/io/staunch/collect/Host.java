package io.staunch.collect;

import io.staunch.collect.internal.Listeners;
import io.staunch.collect.internal.PerfData;
import io.staunch.collect.internal.ProcFs;
import io.staunch.collect.internal.ProcStat;
import io.staunch.collect.internal.ProcStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What there is to watch on this machine. Nothing is attached to and nobody is asked: no target notices it.
public final class Host {
    private static final ProcFs PROC = ProcFs.HOST;
    private static final long LARGE_BYTES = 100 << 20;
    private static final int MOST_PROCESSES = 20;
    private static final List<String> REDIS = List.of("redis-server", "valkey-server", "keydb-server");

    private Host() {}

    /// JVMs, then Redis servers, then other large processes, the largest first. Not ourselves.
    public static List<HostTarget> survey() {
        List<HostTarget> found = new ArrayList<>();
        List<JvmInfo> jvms = Jvms.running();
        jvms.forEach(jvm -> found.add(describe(jvm)));
        List<Long> others = PROC.pids().stream()
                .filter(pid -> pid != ProcessHandle.current().pid()
                        && PROC.stat(pid).stream().anyMatch(ProcStat::isProgram)
                        && jvms.stream().noneMatch(jvm -> jvm.pid() == pid))
                .toList();
        List<HostTarget.LargeProcess> large = new ArrayList<>();
        for (long pid : others) {
            String command = PROC.stat(pid).map(ProcStat::command).orElse("");
            long resident = PROC.status(pid).map(ProcStatus::resident).orElse(0L);
            if (isRedis(command)) {
                found.add(new HostTarget.Redis(pid, command, Jvms.owner(pid), Listeners.of(PROC, pid), resident));
            } else if (resident >= LARGE_BYTES) {
                large.add(new HostTarget.LargeProcess(pid, command, Jvms.owner(pid), resident));
            }
        }
        large.sort(
                Comparator.comparingLong(HostTarget.LargeProcess::residentBytes).reversed());
        found.addAll(large.stream().limit(MOST_PROCESSES).toList());
        return found;
    }

    /// What may be watched at this moment; who looks again and again keeps a [HostTargets].
    public static List<Target> targets() {
        return new HostTargets().now();
    }

    /// The number of a Redis server's process, if it is one of this host's and not another host's of the same number.
    static OptionalLong redisProcess(String host, OptionalLong said) {
        boolean here = host.equals("localhost") || host.startsWith("127.") || host.contains("::1");
        return here
                        && said.isPresent()
                        && isRedis(PROC.stat(said.getAsLong())
                                .map(ProcStat::command)
                                .orElse(""))
                ? said
                : OptionalLong.empty();
    }

    static boolean isRedis(String command) {
        return REDIS.stream().anyMatch(command::startsWith);
    }

    private static HostTarget.Jvm describe(JvmInfo jvm) {
        Optional<PerfData> counters = PerfData.fileOf(PROC, jvm.pid()).flatMap(PerfData::read);
        OptionalLong used = positive(counters.map(PerfReadings::heapUsed).orElse(0L));
        OptionalLong max = positive(counters.map(PerfReadings::heapMax).orElse(0L));
        List<HostTarget.OperationCost> costs = Stream.of(Operation.values())
                .map(operation -> cost(jvm, used, operation))
                .toList();
        return new HostTarget.Jvm(jvm, right(jvm), used, max, costs);
    }

    private static OptionalLong positive(long value) {
        return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private static String right(JvmInfo jvm) {
        if (!Jvms.isOpenToUs(jvm.pid())) {
            return "needs user " + (jvm.user().equals("root") ? "root" : jvm.user() + " or root");
        }
        return switch (jvm.way()) {
            case JMX, ATTACH -> jvm.user().equals(System.getProperty("user.name")) ? "same user" : "root";
            case COUNTERS, PROC -> "attach is disabled in it";
        };
    }

    private static HostTarget.OperationCost cost(JvmInfo jvm, OptionalLong used, Operation operation) {
        Optional<Duration> pause = switch (operation) {
            case OLD_OBJECTS, THREADS, NATIVE_MEMORY -> Optional.of(PausePrediction.of(jvm.collector(), 0, operation));
            case HISTOGRAM_ALL, HISTOGRAM_LIVE, DUMP_LIVE, DUMP_ALL ->
                used.isPresent()
                        ? Optional.of(PausePrediction.of(jvm.collector(), used.getAsLong(), operation))
                        : Optional.empty();
        };
        long disk = switch (operation) {
            case DUMP_LIVE, DUMP_ALL -> Dumping.predictedBytes(used.orElse(0));
            case HISTOGRAM_ALL, HISTOGRAM_LIVE, OLD_OBJECTS, THREADS, NATIVE_MEMORY -> 0;
        };
        return new HostTarget.OperationCost(operation, pause, disk, impossible(jvm, operation));
    }

    private static Optional<String> impossible(JvmInfo jvm, Operation operation) {
        if (jvm.way() == JvmInfo.Way.COUNTERS || jvm.way() == JvmInfo.Way.PROC) {
            return Optional.of("can't be attached to");
        }
        if (operation == Operation.OLD_OBJECTS) {
            return OldObjectSampling.whyNot(jvm.collector(), jvm.way() == JvmInfo.Way.JMX);
        }
        return Optional.empty();
    }
}
