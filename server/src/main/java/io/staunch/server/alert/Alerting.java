package io.staunch.server.alert;

import io.staunch.incident.Incident;
import io.staunch.server.WatchedTarget;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Tells the configured receivers of incidents, on a thread of its own. A receiver that does not take it is
/// tried again every half minute, for an hour after the leak is gone. Nothing is told at the end: whoever
/// watches next goes on under the same keys. [#warnings] and [#close] may be called by any thread.
public final class Alerting implements AutoCloseable {
    private static final Duration REST = Duration.ofSeconds(30);
    private static final Duration KEEP = Duration.ofHours(1);

    private final Alerts alerts;
    private final List<Route> routes;
    private final Supplier<List<Incident>> incidents;
    private final Supplier<List<WatchedTarget>> targets;
    private final Duration lookEvery;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    /// What each route still has to be told, or was told last; known to the thread alone.
    private final Map<Route, Map<String, Told>> told = new HashMap<>();

    private static final class Told {
        private Alert latest;
        private Optional<Alert> last = Optional.empty();
        private Instant at = Instant.MIN;
        private Instant tryNext = Instant.MIN;

        Told(Alert latest) {
            this.latest = latest;
        }

        boolean isDue(Optional<Duration> again, Instant now) {
            boolean news = last.isEmpty() ? latest.isFiring() : latest.saysMoreThan(last.get());
            boolean repeat = latest.isFiring()
                    && again.filter(every -> !now.isBefore(at.plus(every))).isPresent();
            return (news || repeat) && !now.isBefore(tryNext);
        }

        boolean isOver() {
            return !latest.isFiring() && (last.isEmpty() || !last.get().isFiring());
        }
    }

    /// How alerts are told.
    ///
    /// @param after how long after its detection an incident is told
    /// @param page  where receivers find the daemon's page; where it is served if absent
    public record Options(Duration after, Optional<URI> page, List<AlertRoute> routes) {
        public static final Options NONE = new Options(Duration.ofMinutes(2), Optional.empty(), List.of());

        public Options {
            routes = List.copyOf(routes);
        }
    }

    private Alerting(
            Options options,
            URI page,
            Duration lookEvery,
            Supplier<List<Incident>> incidents,
            Supplier<List<WatchedTarget>> targets) {
        this.incidents = incidents;
        this.alerts = new Alerts(options.after(), options.page().orElse(page));
        this.routes = options.routes().stream().map(AlertRoute::open).toList();
        this.targets = targets;
        this.lookEvery = lookEvery;
        routes.forEach(route -> told.put(route, new HashMap<>()));
    }

    /// Looks every five seconds from now on.
    ///
    /// @param page where the daemon's page is served, for links
    /// @param incidents those that are open, and those that were closed lately
    public static Alerting start(
            Options options, URI page, Supplier<List<Incident>> incidents, Supplier<List<WatchedTarget>> targets) {
        return start(options, page, Duration.ofSeconds(5), incidents, targets);
    }

    static Alerting start(
            Options options,
            URI page,
            Duration lookEvery,
            Supplier<List<Incident>> incidents,
            Supplier<List<WatchedTarget>> targets) {
        Alerting alerting = new Alerting(options, page, lookEvery, incidents, targets);
        Thread.ofVirtual().name("alerts").start(alerting::run);
        return alerting;
    }

    /// The receivers that do not take alerts now, a sentence each.
    public List<String> warnings() {
        return problems.entrySet().stream()
                .map(problem -> "Alerts do not reach " + problem.getKey() + ": " + problem.getValue())
                .sorted()
                .toList();
    }

    private void run() {
        try {
            do {
                Instant now = Instant.now();
                List<Alert> seen = alerts.look(incidents.get(), targets.get(), now);
                for (Route route : routes) {
                    take(route, seen);
                    tell(route, now);
                }
            } while (!closing.await(lookEvery.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Route route, List<Alert> seen) {
        Map<String, Told> known = told.getOrDefault(route, Map.of());
        for (Alert alert : seen) {
            Told one = known.get(alert.incident());
            if (one == null) {
                known.put(alert.incident(), new Told(alert));
            } else {
                one.latest = alert;
            }
        }
    }

    private void tell(Route route, Instant now) throws InterruptedException {
        Iterator<Told> each = new ArrayList<>(told.getOrDefault(route, Map.of()).values()).iterator();
        while (each.hasNext()) {
            Told one = each.next();
            if (one.isDue(route.again(), now)) {
                tell(route, one, now);
            }
        }
        told.getOrDefault(route, Map.of())
                .values()
                .removeIf(one -> one.isOver() || (!one.latest.isFiring() && now.isAfter(one.at.plus(KEEP))));
    }

    private void tell(Route route, Told one, Instant now) throws InterruptedException {
        try {
            route.tell(one.latest, now);
            one.last = Optional.of(one.latest);
            one.at = now;
            problems.remove(route.name());
        } catch (IOException e) {
            one.tryNext = now.plus(REST);
            problems.put(
                    route.name(),
                    Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()));
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
