package io.staunch.server;

import io.staunch.collect.AttachFailed;
import io.staunch.collect.JvmInfo;
import io.staunch.collect.JvmProbe;
import io.staunch.collect.Jvms;
import io.staunch.server.WatchPlan.Course;
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

/// Watches the JVMs of this host that its plan has, those that start later too, each by an [Investigation] of its own,
/// until [#close]. [#adopt], [#targets] and [#close] may be called by any thread.
public final class Watch implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration TRY_AGAIN = Duration.ofMinutes(1);

    private final Consumer<WatchEvent> listener;
    private final Archive archive;
    private final ReleaseBook releases;
    private final Thread thread;
    private volatile WatchPlan plan;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    /// By process and start: numbers of processes are used again.
    private final Map<Key, Watched> watched = new ConcurrentHashMap<>();

    /// Those that can't be watched, and when to try again: a JVM that hangs may come to.
    private final Map<Key, Refused> refused = new ConcurrentHashMap<>();

    private record Refused(JvmInfo target, String service, String why, Instant tryAgain) {
        boolean mayTry(Instant now) {
            return !now.isBefore(tryAgain);
        }
    }

    private record Key(long pid, Instant started) {}

    private record Watched(JvmProbe probe, String service, Investigation investigation) {
        Watched of(Course course) {
            investigation.adopt(course.options());
            return service.equals(course.service()) ? this : new Watched(probe, course.service(), investigation);
        }

        void close() {
            investigation.close();
            probe.close();
        }
    }

    private Watch(WatchPlan plan, Archive archive, ReleaseBook releases, Consumer<WatchEvent> listener) {
        this.releases = releases;
        this.archive = archive;
        this.plan = plan;
        this.listener = listener;
        this.thread = Thread.ofPlatform().name("watch").daemon().unstarted(this::run);
    }

    /// Those of this host's JVMs that are in the plan and that this user may attach to.
    ///
    /// @param releases are weighed by the board of suspects
    public static Watch local(WatchPlan plan, Archive archive, ReleaseBook releases, Consumer<WatchEvent> listener) {
        Watch watch = new Watch(plan, archive, releases, listener);
        watch.thread.start();
        return watch;
    }

    /// From the next look on, at most five seconds from now, it goes by this plan. What is known of a target stays.
    public void adopt(WatchPlan changed) {
        plan = changed;
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
            Optional<Course> course = plan.courseFor(jvm);
            if (course.isEmpty()) {
                leaveAlone(key);
                continue;
            }
            alive.add(key);
            watched.computeIfPresent(key, (_, one) -> one.of(course.get()));
            Refused before = refused.get(key);
            boolean mayTry = before == null || before.mayTry(Instant.now());
            if (!watched.containsKey(key) && mayTry && stop.getCount() > 0) {
                take(key, jvm, course.get());
            }
        }
        refused.keySet().retainAll(alive);
        watched.entrySet().removeIf(entry -> {
            boolean over = !alive.contains(entry.getKey())
                    || entry.getValue().investigation().hasEnded();
            if (over) {
                entry.getValue().close();
                refuse(
                        entry.getKey(),
                        entry.getValue().probe().info(),
                        entry.getValue().service(),
                        "it does not answer any more");
            }
            return over;
        });
    }

    /// A target that was watched until the plan changed.
    private void leaveAlone(Key key) {
        refused.remove(key);
        Watched before = watched.remove(key);
        if (before != null) {
            before.close();
        }
    }

    private void take(Key key, JvmInfo jvm, Course course) {
        try {
            JvmProbe probe = JvmProbe.attach(jvm.pid());
            listener.accept(new WatchEvent.Found(probe.info()));
            AtomicReference<Investigation> self = new AtomicReference<>();
            Investigation investigation =
                    Investigation.start(probe, course.options(), course.service(), archive, progress -> {
                        Investigation own = self.get();
                        if (own != null) {
                            listener.accept(new WatchEvent.Progressed(
                                    probe.info(), progress, releases.amid(course.service(), own.soFar())));
                        }
                    });
            self.set(investigation);
            refused.remove(key);
            watched.put(key, new Watched(probe, course.service(), investigation));
        } catch (AttachFailed e) {
            String why = String.valueOf(e.getMessage());
            if (refuse(key, jvm, course.service(), why)) {
                listener.accept(new WatchEvent.NotWatched(jvm, why));
            }
        }
    }

    /// @return true the first time
    private boolean refuse(Key key, JvmInfo jvm, String service, String why) {
        return refused.put(key, new Refused(jvm, service, why, Instant.now().plus(TRY_AGAIN))) == null;
    }

    /// All targets at this moment, those that can't be watched included. For any thread.
    public List<WatchedTarget> targets() {
        Map<Key, WatchedTarget> targets = new HashMap<>();
        refused.forEach((key, why) -> targets.put(
                key, new WatchedTarget(why.target(), why.service(), Optional.empty(), Optional.of(why.why()))));
        watched.forEach((key, one) -> targets.put(
                key,
                new WatchedTarget(
                        one.probe().info(),
                        one.service(),
                        Optional.of(
                                releases.amid(one.service(), one.investigation().soFar())),
                        Optional.empty())));
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
