package io.staunch.server.response;

import io.staunch.collect.Cost;
import io.staunch.server.Outcome;
import io.staunch.server.Progress;
import io.staunch.server.WatchPlan;
import io.staunch.server.WatchedTarget;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The targets of one service as the daemon's watch has them: nothing is attached to a second time. The release in
/// place is that of the youngest; one that leaks is looked at whatever release it runs.
record WatchSight(String service, Scene scene, WatchPlan plan) implements Sight {
    @Override
    public List<Running> running() {
        List<WatchedTarget> targets = scene.of(service).stream()
                .sorted(Comparator.comparing((WatchedTarget one) -> one.target().started())
                        .reversed())
                .toList();
        Optional<String> placed =
                targets.stream().findFirst().flatMap(one -> one.target().release());
        return targets.stream()
                .map(one ->
                        running(one, isLeaking(one) || one.target().release().equals(placed)))
                .toList();
    }

    private static boolean isLeaking(WatchedTarget one) {
        return one.outcome()
                .filter(outcome -> outcome.diagnosis().overall().isLeak())
                .isPresent();
    }

    private static Running running(WatchedTarget one, boolean current) {
        return new Running(
                one.id(),
                one.target().processId().orElse(Running.ELSEWHERE),
                one.target().started(),
                current);
    }

    @Override
    public Optional<Running> leaking() {
        return scene.of(service).stream()
                .filter(WatchSight::isLeaking)
                .max(Comparator.comparing(one -> one.target().started()))
                .map(one -> running(one, true));
    }

    @Override
    public Optional<Watched> watch(Running process, boolean alone, Instant since, Consumer<Progress> listener) {
        Optional<WatchedTarget> target = scene.find(process.id());
        if (target.isEmpty()) {
            return Optional.empty();
        }
        Outcome outcome = target.get().outcome().orElseThrow();
        boolean dumps = plan.courseFor(target.get().target())
                .filter(course -> course.options().dump())
                .isPresent();
        if (alone) {
            scene.listen(process.id(), listener);
        }
        return Optional.of(new Seen(process, outcome, dumps, since, alone));
    }

    /// One of the watch's targets.
    private final class Seen implements Watched {
        private final Running process;
        private final boolean dumps;
        private final Instant since;
        private final boolean listened;
        private volatile Outcome last;

        Seen(Running process, Outcome first, boolean dumps, Instant since, boolean listened) {
            this.process = process;
            this.last = first;
            this.dumps = dumps;
            this.since = since;
            this.listened = listened;
        }

        private Outcome outcome() {
            scene.find(process.id()).flatMap(WatchedTarget::outcome).ifPresent(now -> last = now);
            return last;
        }

        @Override
        public Running process() {
            return process;
        }

        @Override
        public String label() {
            return last.target().label();
        }

        @Override
        public Optional<String> release() {
            return last.target().release();
        }

        @Override
        public Known soFar() {
            return Known.of(outcome(), dumps).since(since);
        }

        @Override
        public Cost cost() {
            return outcome().cost();
        }

        @Override
        public void lookCloser() {
            scene.lookCloser(process.id());
        }

        @Override
        public void close() {
            if (listened) {
                scene.stopListening(process.id());
            }
        }
    }
}
