package io.staunch.server;

import io.staunch.collect.AttachFailed;
import io.staunch.collect.JvmInfo;
import io.staunch.collect.JvmProbe;
import io.staunch.collect.Jvms;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Watches all JVMs of this host, those that start later too, each by an [Investigation] of its own, until [#close].
public final class Watch implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration TRY_AGAIN = Duration.ofMinutes(1);

    private final Consumer<WatchEvent> listener;
    private final InvestigationOptions options;
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    /// By process and start: numbers of processes are used again.
    private final Map<Key, Watched> watched = new ConcurrentHashMap<>();

    /// Those that can't be watched, and when to try again: a JVM that hangs may come to.
    private final Map<Key, Refused> refused = new ConcurrentHashMap<>();

    private record Refused(JvmInfo target, String why, Instant tryAgain) {
        boolean mayTry(Instant now) {
            return !now.isBefore(tryAgain);
        }
    }

    private record Key(long pid, Instant started) {}

    private record Watched(JvmProbe probe, Investigation investigation) {
        void close() {
            investigation.close();
            probe.close();
        }
    }

    private Watch(InvestigationOptions options, Consumer<WatchEvent> listener) {
        this.options = options;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("watch").daemon().unstarted(this::run);
    }

    /// All JVMs that this user may attach to; histograms on suspicion, no dumps.
    public static Watch local(Consumer<WatchEvent> listener) {
        Watch watch = new Watch(InvestigationOptions.watching(false), listener);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            do {
                look(Jvms.running());
            } while (!stop.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watched.values().parallelStream().forEach(Watched::close);
            stopped.countDown();
        }
    }

    private void look(List<JvmInfo> running) {
        Set<Key> alive = new HashSet<>();
        for (JvmInfo jvm : running) {
            Key key = new Key(jvm.pid(), jvm.started());
            alive.add(key);
            Refused before = refused.get(key);
            boolean mayTry = before == null || before.mayTry(Instant.now());
            if (!watched.containsKey(key) && mayTry && stop.getCount() > 0) {
                take(key, jvm);
            }
        }
        refused.keySet().retainAll(alive);
        watched.entrySet().removeIf(entry -> {
            boolean over = !alive.contains(entry.getKey())
                    || entry.getValue().investigation().hasEnded();
            if (over) {
                entry.getValue().close();
                refuse(entry.getKey(), entry.getValue().probe().info(), "it does not answer any more");
            }
            return over;
        });
    }

    private void take(Key key, JvmInfo jvm) {
        try {
            JvmProbe probe = JvmProbe.attach(jvm.pid());
            listener.accept(new WatchEvent.Found(probe.info()));
            AtomicReference<Investigation> self = new AtomicReference<>();
            Investigation investigation = Investigation.start(probe, options, progress -> {
                Investigation own = self.get();
                if (own != null) {
                    listener.accept(new WatchEvent.Progressed(probe.info(), progress, own.soFar()));
                }
            });
            self.set(investigation);
            refused.remove(key);
            watched.put(key, new Watched(probe, investigation));
        } catch (AttachFailed e) {
            String why = String.valueOf(e.getMessage());
            if (refuse(key, jvm, why)) {
                listener.accept(new WatchEvent.NotWatched(jvm, why));
            }
        }
    }

    /// @return true the first time
    private boolean refuse(Key key, JvmInfo jvm, String why) {
        return refused.put(key, new Refused(jvm, why, Instant.now().plus(TRY_AGAIN))) == null;
    }

    /// All targets at this moment, those that can't be watched included. For any thread.
    public List<WatchedTarget> targets() {
        Map<Key, WatchedTarget> targets = new HashMap<>();
        refused.forEach((key, why) ->
                targets.put(key, new WatchedTarget(why.target(), Optional.empty(), Optional.of(why.why()))));
        watched.forEach((key, one) -> targets.put(
                key,
                new WatchedTarget(
                        one.probe().info(), Optional.of(one.investigation().soFar()), Optional.empty())));
        return List.copyOf(targets.values());
    }

    /// Lets go of all targets. Idempotent.
    @Override
    public void close() {
        stop.countDown();
        try {
            stopped.await(40, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
