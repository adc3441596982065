package io.staunch.server.alert;

import io.staunch.detect.Verdict;
import io.staunch.diagnose.Accumulation;
import io.staunch.server.Outcome;
import io.staunch.server.WatchedTarget;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which services leak, and since when: one alert for all instances of a service. A verdict must stand for a while
/// before it is told, and be gone for a while before it is taken back. Not thread-safe.
final class Alerts {
    private final Duration after;
    private final Duration goneAfter;
    private final URI page;
    private final Map<String, Seen> services = new TreeMap<>();

    /// What is known of a service.
    private static final class Seen {
        private final Instant first;
        private Instant last;
        private Alert alert;

        Seen(Instant first, Alert alert) {
            this.first = first;
            this.last = first;
            this.alert = alert;
        }
    }

    /// @param after     how long a leak stands before it is told
    /// @param goneAfter how long it is gone before it is taken back
    /// @param page      where the daemon's page is
    Alerts(Duration after, Duration goneAfter, URI page) {
        this.after = after;
        this.goneAfter = goneAfter;
        this.page = page;
    }

    /// The alerts at this time; one that was taken back is among them once.
    List<Alert> look(List<WatchedTarget> targets, Instant now) {
        Map<String, List<WatchedTarget>> leaking = new HashMap<>();
        targets.stream()
                .filter(Alerts::leaks)
                .forEach(target -> leaking.computeIfAbsent(target.service(), _ -> new ArrayList<>())
                        .add(target));
        leaking.forEach((service, instances) -> {
            Seen seen = services.get(service);
            Alert alert = alert(service, instances, seen == null ? now : seen.first);
            if (seen == null) {
                services.put(service, new Seen(now, alert));
            } else {
                seen.last = now;
                seen.alert = alert;
            }
        });
        List<Alert> alerts = new ArrayList<>();
        services.values().removeIf(seen -> {
            boolean told = !seen.last.isBefore(seen.first.plus(after));
            boolean gone = !now.isBefore(seen.last.plus(told ? goneAfter : after));
            if (told) {
                alerts.add(gone ? seen.alert.resolved() : seen.alert);
            }
            return gone;
        });
        return alerts;
    }

    private Alert alert(String service, List<WatchedTarget> instances, Instant since) {
        List<Outcome> outcomes =
                instances.stream().flatMap(one -> one.outcome().stream()).toList();
        return new Alert(
                service,
                since,
                instances.stream().map(WatchedTarget::id).sorted().toList(),
                Alert.Phase.FIRING,
                outcomes.getFirst().diagnosis().overall().verdict().why(),
                outcomes.stream()
                        .flatMap(outcome -> outcome.diagnosis().culprit().stream())
                        .flatMap(culprit -> culprit.lead().stream())
                        .map(Accumulation::type)
                        .findFirst(),
                outcomes.stream().flatMap(outcome -> end(outcome).stream()).min(Comparator.naturalOrder()),
                page + (instances.size() == 1 ? "#/t/" + instances.getFirst().id() : "#/"));
    }

    private static boolean leaks(WatchedTarget target) {
        return target.outcome()
                .filter(outcome -> outcome.diagnosis().overall().isLeak())
                .isPresent();
    }

    private static Optional<Instant> end(Outcome outcome) {
        return outcome.diagnosis().overall().verdict() instanceof Verdict.Leaking leaking
                ? leaking.exhaustion().map(Verdict.Exhaustion::expected)
                : Optional.empty();
    }
}
