package io.staunch.server.alert;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Shape;
import io.staunch.incident.Attempt;
import io.staunch.incident.Growth;
import io.staunch.incident.Incident;
import io.staunch.server.WatchedTarget;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Incidents at some point of their course.
final class Cases {
    private Cases() {}

    /// One incident, and no target.
    record Seen(Supplier<Incident> incident) implements Alerting.Seen {
        @Override
        public List<Incident> incidents() {
            return List.of(incident.get());
        }

        @Override
        public Optional<Incident> recorded(String id) {
            return Optional.empty();
        }

        @Override
        public List<WatchedTarget> targets() {
            return List.of();
        }
    }

    static Incident open(String service) {
        return of(service, Incident.Status.OPEN, Optional.empty(), List.of());
    }

    static Incident named(String service) {
        return of(service, Incident.Status.OPEN, Optional.of(sessions()), List.of());
    }

    static Incident acted(String service) {
        Attempt rollback = new Attempt(
                Instances.NOON,
                "rollback",
                "roll shop back from release 2 to 1",
                "1",
                "staunch",
                "It was in place after 1.0 s.",
                true,
                Optional.empty());
        return of(service, Incident.Status.OPEN, Optional.of(sessions()), List.of(rollback));
    }

    static Incident recovered(String service) {
        return of(service, Incident.Status.RECOVERED, Optional.of(sessions()), List.of());
    }

    private static Culprit sessions() {
        return new Culprit(
                Shape.SESSIONS,
                List.of(new Accumulation("com.shop.CartSession", 100, 1000)),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Incident of(
            String service, Incident.Status status, Optional<Culprit> culprit, List<Attempt> attempts) {
        Instant noon = Instances.NOON;
        boolean open = status == Incident.Status.OPEN;
        return new Incident(
                "20260301-" + service + "-1",
                service,
                "jvm 1",
                status,
                noon,
                culprit.map(_ -> noon),
                Optional.empty(),
                open ? Optional.empty() : Optional.of(noon),
                new Growth(
                        Series.LIVE_SET,
                        new Verdict.Rate(1e8, 9e7, 1.1e8),
                        noon,
                        Optional.empty(),
                        0.99,
                        "grows by 95 MiB an hour"),
                culprit,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                attempts,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
