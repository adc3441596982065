package io.staunch.server.soak;

import io.staunch.collect.AttachFailed;
import io.staunch.collect.ConnectFailed;
import io.staunch.collect.HostTargets;
import io.staunch.collect.JvmInfo;
import io.staunch.collect.JvmProbe;
import io.staunch.collect.PlainProcess;
import io.staunch.collect.Probe;
import io.staunch.collect.ProcessProbe;
import io.staunch.collect.RedisProbe;
import io.staunch.collect.RedisServer;
import io.staunch.collect.Target;
import io.staunch.collect.TargetGone;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks among the processes of a command for the one to watch: a JVM, else a Redis server, else the process that holds
/// most memory. Of JVMs that start others, such as build tools, the last that was started. Not thread-safe.
final class TargetSearch {
    /// A script that starts a Redis server may start a JVM after it.
    private static final Duration JVM_MAY_FOLLOW = Duration.ofSeconds(3);

    private static final String REDIS_PASSWORD = "STAUNCH_REDIS_PASSWORD";

    /// What is watched, and the number of its process.
    record Found(Probe probe, long pid) {}

    private final HostTargets host = new HostTargets();
    private Optional<Instant> seen = Optional.empty();
    private String missing = "no JVM";

    /// Opens what is best by now.
    ///
    /// @param hurry whether a plain process will do: nothing better is expected
    /// @return empty as long as there is nothing to watch, or something better may come
    Optional<Found> open(List<ProcessHandle> processes, Instant now, boolean hurry) {
        Set<Long> pids = processes.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
        List<Target> targets = host.now().stream()
                .filter(target -> target.processId().isPresent()
                        && pids.contains(target.processId().getAsLong()))
                .toList();
        Optional<JvmInfo> jvm = jvm(targets);
        if (jvm.isPresent()) {
            return attach(jvm.get());
        }
        seen = targets.isEmpty() ? Optional.empty() : seen.or(() -> Optional.of(now));
        boolean settled =
                seen.filter(since -> !now.isBefore(since.plus(JVM_MAY_FOLLOW))).isPresent();
        Optional<RedisServer> redis = of(targets, RedisServer.class).stream().findFirst();
        if (redis.isPresent()) {
            return settled ? connect(redis.get()) : Optional.empty();
        }
        return hurry && settled
                ? of(targets, PlainProcess.class).stream()
                        .max(Comparator.comparingLong(PlainProcess::held))
                        .flatMap(process -> outside(process.pid()))
                : Optional.empty();
    }

    /// What is missing, for an error.
    String missing() {
        return missing;
    }

    private static <T extends Target> List<T> of(List<Target> targets, Class<T> kind) {
        return targets.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static Optional<JvmInfo> jvm(List<Target> targets) {
        List<JvmInfo> jvms = of(targets, JvmInfo.class);
        Set<Long> parents = new HashSet<>();
        for (JvmInfo jvm : jvms) {
            Optional<ProcessHandle> above = ProcessHandle.of(jvm.pid()).flatMap(ProcessHandle::parent);
            while (above.isPresent()) {
                parents.add(above.get().pid());
                above = above.get().parent();
            }
        }
        return jvms.stream().filter(jvm -> !parents.contains(jvm.pid())).max(Comparator.comparing(JvmInfo::started));
    }

    private Optional<Found> attach(JvmInfo jvm) {
        try {
            return Optional.of(new Found(JvmProbe.attach(jvm.pid()), jvm.pid()));
        } catch (AttachFailed e) {
            missing = String.valueOf(e.getMessage());
            return switch (e.kind()) {
                case OTHER_USER, ATTACH_DISABLED -> outside(jvm.pid());
                // It only just began, or is about to end.
                case NO_SUCH_PROCESS, NOT_A_JVM, TIMED_OUT, DIED -> Optional.empty();
            };
        }
    }

    private Optional<Found> connect(RedisServer redis) {
        try {
            return Optional.of(new Found(
                    RedisProbe.connect(address(redis)), redis.processId().orElseThrow()));
        } catch (ConnectFailed e) {
            missing = String.valueOf(e.getMessage());
            return Optional.empty();
        }
    }

    private static URI address(RedisServer redis) {
        return Optional.ofNullable(System.getenv(REDIS_PASSWORD))
                .map(password ->
                        URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20"))
                .map(password -> URI.create("redis://:" + password + "@" + redis.address()))
                .orElseGet(redis::uri);
    }

    private Optional<Found> outside(long pid) {
        try {
            return Optional.of(new Found(ProcessProbe.of(pid), pid));
        } catch (TargetGone e) {
            missing = String.valueOf(e.getMessage());
            return Optional.empty();
        }
    }
}
