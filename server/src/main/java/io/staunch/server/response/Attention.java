package io.staunch.server.response;

import io.staunch.collect.Cost;
import io.staunch.diagnose.Measured;
import io.staunch.diagnose.Neighbour;
import io.staunch.server.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Keeps watch on one process of a service: the one that it has, until another one takes its place.
/// Not thread-safe, but for what is told of the process, [#asNeighbour] and [#isPressing].
final class Attention implements AutoCloseable {
    private static final int MOST_LIVES = 3;

    private final Supplier<Service> service;
    private final Sight sight;
    private final ConcurrentLinkedQueue<Progress> told = new ConcurrentLinkedQueue<>();
    private final AtomicInteger histograms = new AtomicInteger();
    private final Map<String, Watched> siblings = new HashMap<>();
    private final Map<String, Measured> lives = new LinkedHashMap<>();
    private volatile Optional<Watched> watched = Optional.empty();
    private Instant since = Instant.MIN;
    private Cost spent = Cost.NONE;

    /// @param service as it is now; asked anew each time
    Attention(Supplier<Service> service, Sight sight) {
        this.service = service;
        this.sight = sight;
    }

    Service service() {
        return service.get();
    }

    /// The process that runs now, if it can be watched already. A process that has ended, or whose release
    /// another one has replaced, is let go.
    Optional<Watched> look() {
        List<Running> running = sight.running();
        if (watched.isPresent() && isReplaced(watched.get(), running)) {
            end();
        }
        if (watched.isEmpty()) {
            watched = Running.leading(running).flatMap(process -> sight.watch(process, true, since, this::hear));
        }
        return watched;
    }

    /// The same, but of several processes one that leaks.
    Optional<Watched> lookForTrouble() {
        boolean calm = watched.filter(now -> now.soFar().diagnosis().overall().isLeak())
                .isEmpty();
        if (calm) {
            Optional<Running> leaking = sight.leaking();
            if (leaking.isPresent()
                    && watched.filter(now -> isSame(now, leaking.get())).isEmpty()) {
                end();
                watched = sight.watch(leaking.get(), true, since, this::hear);
            }
        }
        return look();
    }

    private static boolean isSame(Watched watched, Running process) {
        return watched.process().id().equals(process.id());
    }

    private static boolean isReplaced(Watched now, List<Running> running) {
        Optional<Running> same =
                running.stream().filter(process -> isSame(now, process)).findFirst();
        return same.isEmpty() || (!same.get().current() && running.stream().anyMatch(Running::current));
    }

    /// The other processes of the release in place, each watched from the first time that this is asked.
    List<Neighbour> others() {
        List<Neighbour> others = new ArrayList<>();
        for (Running process : sight.running()) {
            if (process.current() && watched.filter(now -> isSame(now, process)).isEmpty()) {
                if (!siblings.containsKey(process.id())) {
                    sight.watch(process, false, since, _ -> {})
                            .ifPresent(sibling -> siblings.put(process.id(), sibling));
                }
                Optional.ofNullable(siblings.get(process.id()))
                        .map(sibling -> neighbour(
                                service().name() + " (pid " + sibling.process().pid() + ")", true, sibling))
                        .ifPresent(others::add);
            }
        }
        return others;
    }

    /// What is known of this service, for those who look after another one. May be asked by any thread.
    Optional<Neighbour> asNeighbour() {
        return watched.map(now -> neighbour(service().name(), false, now));
    }

    /// Whether it leaks, and soon enough to matter. May be asked by any thread.
    boolean isPressing(Patience patience) {
        return watched.filter(now -> patience.isOver(now, isTrusted(now), Instant.now()))
                .isPresent();
    }

    /// Whether it runs a release that has been named good and may only be filling, as that release always did.
    boolean isFillingAsItDoes(Patience patience) {
        return watched.filter(now -> isTrusted(now) && !patience.isSettled(now.started(), true, Instant.now()))
                .isPresent();
    }

    private boolean isTrusted(Watched now) {
        return now.release().filter(service().attestedGood()::contains).isPresent();
    }

    private static Neighbour neighbour(String name, boolean sameService, Watched watched) {
        Known known = watched.soFar();
        return new Neighbour(
                name,
                sameService,
                known.diagnosis().overall(),
                known.observations().held().growing(),
                known.watched());
    }

    /// What was measured of the latest processes that were looked at, by their labels, in the order of time.
    Map<String, Measured> lives() {
        watched.ifPresent(this::keep);
        return Collections.unmodifiableMap(lives);
    }

    private void keep(Watched life) {
        lives.put(life.label(), life.soFar().observations().measured());
        if (lives.size() > MOST_LIVES) {
            lives.remove(lives.keySet().iterator().next());
        }
    }

    /// What was told since the last time.
    List<Progress> news() {
        List<Progress> news = new ArrayList<>();
        for (Progress next = told.poll(); next != null; next = told.poll()) {
            news.add(next);
        }
        return news;
    }

    /// How many class histograms were taken, over all processes of the service.
    int histograms() {
        return histograms.get();
    }

    private void hear(Progress progress) {
        if (progress instanceof Progress.PauseAhead ahead && ahead.what().startsWith("class histogram")) {
            histograms.incrementAndGet();
        } else {
            told.add(progress);
        }
    }

    /// What watching has cost since the first look, over all processes of the service.
    Cost cost() {
        Cost all = spent;
        for (Watched sibling : siblings.values()) {
            all = all.plus(sibling.cost());
        }
        return watched.map(Watched::cost).map(all::plus).orElse(all);
    }

    /// Begins anew: what is watched from now on counts from now on. What was found stays readable through what was
    /// returned before.
    void letGo() {
        end();
        since = Instant.now();
    }

    private void end() {
        List<Watched> ended = new ArrayList<>(siblings.values());
        watched.ifPresent(ended::add);
        watched.ifPresent(this::keep);
        for (Watched old : ended) {
            old.close();
            spent = spent.plus(old.cost());
        }
        siblings.clear();
        watched = Optional.empty();
    }

    @Override
    public void close() {
        end();
    }
}
