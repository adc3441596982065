package io.staunch.server.response;

import io.staunch.collect.Target;
import io.staunch.server.Progress;
import io.staunch.server.Watch;
import io.staunch.server.WatchEvent;
import io.staunch.server.WatchedTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What the daemon's watch sees. Asks it at most once a second, whoever looks. Safe for use by several threads.
final class Scene implements Consumer<WatchEvent> {
    private static final long FRESH_NANOS = 1_000_000_000;

    /// The targets by service and by id.
    private record Seen(Map<String, List<WatchedTarget>> services, Map<String, WatchedTarget> targets) {}

    private final Map<String, Consumer<Progress>> listeners = new ConcurrentHashMap<>();
    private Optional<Watch> watch = Optional.empty();
    private Seen seen = new Seen(Map.of(), Map.of());
    private long asked = System.nanoTime() - FRESH_NANOS;

    synchronized void show(Watch started) {
        watch = Optional.of(started);
    }

    /// The services that have a target which can be watched.
    Set<String> services() {
        return look().services.keySet();
    }

    /// The targets of one service whose process has not ended.
    List<WatchedTarget> of(String service) {
        return look().services.getOrDefault(service, List.of()).stream()
                .filter(Scene::isAlive)
                .toList();
    }

    /// What the processes of a service are.
    Service.Kind kind(String service) {
        boolean redis = look().services.getOrDefault(service, List.of()).stream()
                .anyMatch(target -> target.target().kind() == Target.Kind.REDIS);
        return redis ? Service.Kind.REDIS : Service.Kind.JVM;
    }

    Optional<WatchedTarget> find(String id) {
        return Optional.ofNullable(look().targets.get(id)).filter(Scene::isAlive);
    }

    private synchronized Seen look() {
        long now = System.nanoTime();
        if (watch.isPresent() && now - asked >= FRESH_NANOS) {
            asked = now;
            List<WatchedTarget> all = watch.get().targets().stream()
                    .filter(target -> target.outcome().isPresent())
                    .toList();
            seen = new Seen(
                    all.stream().collect(Collectors.groupingBy(WatchedTarget::service)),
                    all.stream().collect(Collectors.toMap(WatchedTarget::id, target -> target, (one, other) -> one)));
        }
        return seen;
    }

    private static boolean isAlive(WatchedTarget target) {
        OptionalLong process = target.target().processId();
        return process.isEmpty()
                || ProcessHandle.of(process.getAsLong())
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
    }

    synchronized void lookCloser(String id) {
        watch.ifPresent(started -> started.lookCloser(id));
    }

    void listen(String id, Consumer<Progress> listener) {
        listeners.put(id, listener);
    }

    void stopListening(String id) {
        listeners.remove(id);
    }

    @Override
    public void accept(WatchEvent event) {
        switch (event) {
            case WatchEvent.Found _, WatchEvent.NotWatched _ -> {
                // Seen at the next look.
            }
            case WatchEvent.Progressed(var target, var progress, var _) ->
                Optional.ofNullable(listeners.get(target.id())).ifPresent(listener -> listener.accept(progress));
        }
    }
}
