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
import java.util.Set;
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
    private final Map<Key, Watched> watched = new HashMap<>();

    /// Those that can't be watched, and when to try again: a JVM that hangs may come to.
    private final Map<Key, Instant> refused = new HashMap<>();

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
            boolean mayTry = !Instant.now().isBefore(refused.getOrDefault(key, Instant.MIN));
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
                refused.put(entry.getKey(), Instant.now().plus(TRY_AGAIN));
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
            watched.put(key, new Watched(probe, investigation));
        } catch (AttachFailed e) {
            if (refused.put(key, Instant.now().plus(TRY_AGAIN)) == null) {
                listener.accept(new WatchEvent.NotWatched(jvm, String.valueOf(e.getMessage())));
            }
        }
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
