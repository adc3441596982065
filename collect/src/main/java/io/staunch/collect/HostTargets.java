package io.staunch.collect;

import io.staunch.collect.internal.Listeners;
import io.staunch.collect.internal.ProcFs;
import io.staunch.collect.internal.ProcStat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What may be watched on this host, as far as it is known from outside, for one that looks again and again: what can't
/// change of a process is read once. A look then costs one small file a process, two for those that are no JVM. Not
/// thread-safe.
public final class HostTargets {
    private static final ProcFs PROC = ProcFs.HOST;

    /// For so long after it was first seen a process may become another program, load a JVM or begin to listen, and is
    /// read whole at each look.
    private static final Duration YOUNG = Duration.ofSeconds(30);

    /// What is older is read whole after so long: a command line may be rewritten, a JVM be loaded late, and the number
    /// of a thread of the kernel's be another process's by then.
    private static final Duration READ_AGAIN = Duration.ofMinutes(1);

    private Map<Long, Known> known = new HashMap<>();

    /// @param target    empty if there is nothing to watch
    /// @param seenNanos when it was first seen
    /// @param readNanos when it was last read whole
    private record Known(ProcStat stat, Optional<Target> target, long seenNanos, long readNanos) {
        boolean isOf(ProcStat now) {
            return stat.startTicks() == now.startTicks() && stat.command().equals(now.command());
        }

        boolean isDue(long nanos) {
            boolean whole = target.orElse(null) instanceof JvmInfo jvm
                    && jvm.collector() != Collector.UNKNOWN
                    && !jvm.runtime().equals("unknown");
            boolean young = nanos - seenNanos < YOUNG.toNanos();
            return !whole && (young || nanos - readNanos >= READ_AGAIN.toNanos());
        }
    }

    /// JVMs in the order of their numbers, then Redis servers that listen somewhere and all other processes with memory
    /// of their own, whatever their size. Not ourselves.
    public List<Target> now() {
        long nanos = System.nanoTime();
        long self = ProcessHandle.current().pid();
        Map<Long, Known> seen = new HashMap<>();
        List<Target> jvms = new ArrayList<>();
        List<Target> others = new ArrayList<>();
        for (long pid : PROC.pids()) {
            Optional<Known> one = pid == self ? Optional.empty() : look(pid, nanos);
            if (one.isEmpty()) {
                continue;
            }
            seen.put(pid, one.get());
            one.get().target().ifPresent(target -> (target instanceof JvmInfo ? jvms : others).add(target));
        }
        known = seen;
        jvms.sort(Comparator.comparingLong(jvm -> jvm.processId().orElse(0)));
        jvms.addAll(others);
        return jvms;
    }

    /// Empty if it has ended.
    private Optional<Known> look(long pid, long nanos) {
        Known before = known.get(pid);
        if (before != null && before.stat().kernel() && nanos - before.readNanos() < READ_AGAIN.toNanos()) {
            return Optional.of(before);
        }
        return PROC.stat(pid).filter(ProcStat::isAlive).map(stat -> {
            if (before == null || !before.isOf(stat)) {
                return new Known(stat, read(pid, stat), nanos, nanos);
            }
            return before.isDue(nanos)
                    ? new Known(stat, read(pid, stat), before.seenNanos(), nanos)
                    : new Known(
                            stat,
                            before.target().flatMap(target -> asOfNow(pid, target)),
                            before.seenNanos(),
                            before.readNanos());
        });
    }

    private static Optional<Target> read(long pid, ProcStat stat) {
        if (stat.kernel()) {
            return Optional.empty();
        }
        Optional<JvmInfo> jvm = Jvms.describe(pid);
        if (jvm.isPresent()) {
            return Optional.of(jvm.get());
        }
        return Host.isRedis(stat.command()) ? redis(pid) : plain(pid, stat);
    }

    private static Optional<Target> redis(long pid) {
        if (PROC.isInOtherNamespace(pid, "net")) {
            return Optional.empty();
        }
        // The lowest port: a member of a cluster listens at a higher one for the other members.
        return Listeners.of(PROC, pid).stream()
                .min(Comparator.comparingInt(HostTargets::port))
                .map(address ->
                        RedisServer.found(pid, address, PROC.started(pid).orElse(Instant.EPOCH)));
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /// Empty if the process has ended, or is the kernel's own.
    static Optional<Target> plain(long pid) {
        return PROC.stat(pid).flatMap(stat -> plain(pid, stat));
    }

    private static Optional<Target> plain(long pid, ProcStat stat) {
        return PROC.status(pid)
                .filter(status -> status.resident() > 0)
                .map(status -> new PlainProcess(
                        pid,
                        stat.command(),
                        String.join(" ", PROC.arguments(pid)),
                        Jvms.owner(pid),
                        PROC.started(pid).orElse(Instant.EPOCH),
                        status.held()));
    }

    /// Whether a plain process is watched hangs on what it holds.
    private static Optional<Target> asOfNow(long pid, Target target) {
        return target instanceof PlainProcess plain
                ? PROC.status(pid).filter(status -> status.resident() > 0).map(status -> plain.holding(status.held()))
                : Optional.of(target);
    }
}
