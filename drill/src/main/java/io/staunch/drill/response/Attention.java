package io.staunch.drill.response;

import io.staunch.collect.Cost;
import io.staunch.diagnose.Measured;
import io.staunch.diagnose.Neighbour;
import io.staunch.server.InvestigationOptions;
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
import java.util.function.Consumer;

/// Keeps an investigation on one process of a service: the one that it has, until another one takes its place.
/// Not thread-safe, but for what investigations tell and [#asNeighbour].
final class Attention implements AutoCloseable {
    private final Service service;
    private final InvestigationOptions options;
    private final ConcurrentLinkedQueue<Progress> told = new ConcurrentLinkedQueue<>();
    private final AtomicInteger histograms = new AtomicInteger();
    private final Map<Long, Watched> siblings = new HashMap<>();
    private final Map<String, Measured> lives = new LinkedHashMap<>();
    private volatile Optional<Watched> watched = Optional.empty();
    private Cost spent = Cost.NONE;

    Attention(Service service, InvestigationOptions options) {
        this.service = service;
        this.options = options;
    }

    Service service() {
        return service;
    }

    /// The process that runs now, if it can be watched already. A process that has ended, or whose release
    /// another one has replaced, is let go.
    Optional<Watched> look() {
        List<Running> running = service.running();
        if (watched.isPresent() && isReplaced(watched.get(), running)) {
            letGo();
        }
        if (watched.isEmpty()) {
            watched = Service.leading(running).flatMap(process -> attach(process.pid(), options, this::hear));
        }
        return watched;
    }

    private static boolean isReplaced(Watched now, List<Running> running) {
        Optional<Running> same =
                running.stream().filter(process -> process.pid() == now.pid()).findFirst();
        return same.isEmpty() || (!same.get().current() && running.stream().anyMatch(Running::current));
    }

    /// The other processes of the release in place, each watched from the first time that this is asked.
    List<Neighbour> others() {
        long own = watched.map(Watched::pid).orElse(-1L);
        List<Neighbour> others = new ArrayList<>();
        for (Running process : service.running()) {
            if (process.current() && process.pid() != own) {
                if (!siblings.containsKey(process.pid())) {
                    attach(process.pid(), withoutDump(), _ -> {})
                            .ifPresent(sibling -> siblings.put(process.pid(), sibling));
                }
                Optional.ofNullable(siblings.get(process.pid()))
                        .map(sibling -> neighbour(service.name() + " (pid " + sibling.pid() + ")", true, sibling))
                        .ifPresent(others::add);
            }
        }
        return others;
    }

    /// What is known of this service, for those who look after another one. May be asked by any thread.
    Optional<Neighbour> asNeighbour() {
        return watched.map(now -> neighbour(service.name(), false, now));
    }

    /// Whether it leaks, and soon enough to matter. May be asked by any thread.
    boolean isPressing(Patience patience) {
        return watched.filter(now -> patience.isOver(now, isTrusted(now), Instant.now()))
                .isPresent();
    }

    private boolean isTrusted(Watched now) {
        return now.release().filter(service.attestedGood()::contains).isPresent();
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

    /// What was measured of the processes that were looked at, by their labels, in the order of time.
    Map<String, Measured> lives() {
        watched.ifPresent(this::keep);
        return Collections.unmodifiableMap(lives);
    }

    private void keep(Watched life) {
        lives.put(life.label(), life.soFar().observations().measured());
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

    /// Ends all watching; what was found stays readable through what was returned before.
    void letGo() {
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
        letGo();
    }

    /// One dump tells who holds what; the other instances are only counted.
    private InvestigationOptions withoutDump() {
        return new InvestigationOptions(
                options.climb(), options.readEvery(), options.pauseShare(), false, options.dumpDirectory());
    }

    private Optional<Watched> attach(long pid, InvestigationOptions how, Consumer<Progress> listener) {
        return switch (service.kind()) {
            case JVM -> WatchedJvm.attach(pid, how, listener);
            case REDIS -> WatchedRedis.attach(pid, listener);
        };
    }
}
