package io.staunch.server;

import io.staunch.collect.AttachFailed;
import io.staunch.collect.ConnectFailed;
import io.staunch.collect.Probe;
import io.staunch.collect.Target;
import io.staunch.collect.TargetGone;
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

/// Watches what its plan has, what starts later too, each target by an [Investigation] of its own, until [#close].
/// [#adopt], [#targets] and [#close] may be called by any thread.
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
    private final Candidates candidates = new Candidates();
    /// By the keys of their candidates.
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();

    /// Those that can't be watched, and when to try again: a JVM that hangs may come to.
    private final Map<String, Refused> refused = new ConcurrentHashMap<>();

    /// Keys of candidates that somebody waits for.
    private final Set<String> opening = ConcurrentHashMap.newKeySet();

    private record Refused(Target target, String service, String why, Instant tryAgain) {
        boolean mayTry(Instant now) {
            return !now.isBefore(tryAgain);
        }
    }

    private record Watched(Probe probe, String service, Investigation investigation) {
        Watched of(Course course) {
            investigation.adopt(course.options());
            return service.equals(course.service()) ? this : new Watched(probe, course.service(), investigation);
        }

        Target target() {
            return probe.target();
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

    /// What the plan has: of this host what this user may look into, and what it names elsewhere.
    ///
    /// @param releases are weighed by the board of suspects
    public static Watch start(WatchPlan plan, Archive archive, ReleaseBook releases, Consumer<WatchEvent> listener) {
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
                look(plan);
            } while (!stop.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watched.values().parallelStream().forEach(Watched::close);
            candidates.close();
            stopped.countDown();
        }
    }

    private void look(WatchPlan now) {
        Set<String> alive = new HashSet<>();
        for (Candidate candidate : candidates.in(now)) {
            String key = candidate.key();
            Optional<Course> course = course(now, candidate);
            if (course.isEmpty()) {
                leaveAlone(key);
                continue;
            }
            alive.add(key);
            watched.computeIfPresent(key, (_, one) -> one.of(course.get()));
            Refused before = refused.get(key);
            boolean mayTry = before == null || before.mayTry(Instant.now());
            if (!watched.containsKey(key) && mayTry && stop.getCount() > 0) {
                takeSoon(candidate, course.get());
            }
        }
        refused.keySet().retainAll(alive);
        watched.entrySet().removeIf(entry -> {
            Watched one = entry.getValue();
            boolean over =
                    !alive.contains(entry.getKey()) || one.investigation().hasEnded();
            if (over) {
                one.close();
                refuse(entry.getKey(), one.target(), one.service(), "it does not answer any more");
            }
            return over;
        });
    }

    /// By what was known of a target when it was found, for as long as it is watched: a process that was large then may
    /// shrink.
    private Optional<Course> course(WatchPlan now, Candidate candidate) {
        Watched before = watched.get(candidate.key());
        Target target = before == null ? candidate.target() : before.target();
        return candidate.service().map(service -> now.courseAt(service)).or(() -> now.courseFor(target));
    }

    /// A target that was watched until the plan changed.
    private void leaveAlone(String key) {
        refused.remove(key);
        Watched before = watched.remove(key);
        if (before != null) {
            before.close();
        }
    }

    /// Another host may take long to answer, or never do: that holds up nobody else.
    private void takeSoon(Candidate candidate, Course course) {
        if (candidate.service().isEmpty()) {
            take(candidate, course);
        } else if (opening.add(candidate.key())) {
            Thread.ofVirtual().name("open-" + course.service()).start(() -> {
                try {
                    take(candidate, course);
                } finally {
                    opening.remove(candidate.key());
                }
            });
        }
    }

    private void take(Candidate candidate, Course course) {
        String key = candidate.key();
        int most = plan.mostTargets();
        if (watched.size() >= most) {
            notWatched(key, candidate.target(), course, "expected at most " + most + " targets, found more");
            return;
        }
        try {
            Probe probe = candidate.opening().open();
            listener.accept(new WatchEvent.Found(probe.target()));
            AtomicReference<Investigation> self = new AtomicReference<>();
            Investigation investigation =
                    Investigation.start(probe, course.options(), course.service(), archive, progress -> {
                        Investigation own = self.get();
                        if (own != null) {
                            listener.accept(new WatchEvent.Progressed(
                                    probe.target(), progress, releases.amid(course.service(), own.soFar())));
                        }
                    });
            self.set(investigation);
            refused.remove(key);
            watched.put(key, new Watched(probe, course.service(), investigation));
            if (stop.getCount() == 0) {
                leaveAlone(key);
            }
        } catch (AttachFailed | ConnectFailed | TargetGone e) {
            notWatched(key, candidate.target(), course, String.valueOf(e.getMessage()));
        }
    }

    private void notWatched(String key, Target target, Course course, String why) {
        if (refuse(key, target, course.service(), why)) {
            listener.accept(new WatchEvent.NotWatched(target, why));
        }
    }

    /// @return true the first time
    private boolean refuse(String key, Target target, String service, String why) {
        return refused.put(key, new Refused(target, service, why, Instant.now().plus(TRY_AGAIN))) == null;
    }

    /// Asks for the next rung of evidence on one target although nothing there is suspicious; does nothing if it is not
    /// watched. For any thread.
    ///
    /// @param id as [WatchedTarget#id]
    public void lookCloser(String id) {
        watched.values().stream()
                .filter(one -> one.target().id().equals(id))
                .forEach(one -> one.investigation().lookCloser());
    }

    /// All targets at this moment, those that can't be watched included. For any thread.
    public List<WatchedTarget> targets() {
        Map<String, WatchedTarget> targets = new HashMap<>();
        refused.forEach((key, why) -> targets.put(
                key, new WatchedTarget(why.target(), why.service(), Optional.empty(), Optional.of(why.why()))));
        watched.forEach((key, one) -> targets.put(
                key,
                new WatchedTarget(
                        one.target(),
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
