package io.staunch.server.alert;

import io.staunch.detect.Verdict;
import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.LeakKind;
import io.staunch.incident.Attempt;
import io.staunch.incident.Incident;
import io.staunch.server.Outcome;
import io.staunch.server.WatchedTarget;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What is to be told of incidents: one alert for each, from when it has been open for a while until it is closed. One
/// that was closed before it was told is never told.
final class Alerts {
    private final Duration after;
    private final URI page;

    /// @param after how long after its detection an incident is told
    /// @param page  where the daemon's page is
    Alerts(Duration after, URI page) {
        this.after = after;
        this.page = page;
    }

    /// The alerts at this time.
    ///
    /// @param incidents those that are open, and those that were closed lately
    /// @param known     the ids of those that somebody was told of, or was to be
    List<Alert> look(List<Incident> incidents, List<WatchedTarget> targets, Instant now, Set<String> known) {
        return incidents.stream()
                .filter(incident -> known.contains(incident.id()) || (isOpen(incident) && hasStood(incident, now)))
                .sorted(Comparator.comparing(Incident::id))
                .map(incident -> alert(incident, targets))
                .toList();
    }

    private boolean hasStood(Incident incident, Instant now) {
        return !now.isBefore(incident.detected().plus(after));
    }

    private static boolean isOpen(Incident incident) {
        return incident.status() == Incident.Status.OPEN;
    }

    private Alert alert(Incident incident, List<WatchedTarget> targets) {
        List<WatchedTarget> leaking = targets.stream()
                .filter(target -> target.service().equals(incident.service()))
                .filter(Alerts::leaks)
                .toList();
        return new Alert(
                incident.id(),
                incident.service(),
                incident.detected(),
                leaking.stream().map(WatchedTarget::id).sorted().toList(),
                isOpen(incident) ? Alert.Phase.FIRING : Alert.Phase.RESOLVED,
                incident.growth().why(),
                incident.culprit().flatMap(Culprit::lead).map(Accumulation::type),
                leaking.stream()
                        .flatMap(target -> target.outcome().flatMap(Alerts::end).stream())
                        .min(Comparator.naturalOrder()),
                Stream.concat(incident.attempts().stream().map(Alerts::words), closed(incident))
                        .toList(),
                page + "playbook/"
                        + LeakKind.of(incident.culprit(), incident.growth().series())
                                .slug(),
                page + "#/i/" + incident.id());
    }

    private static String words(Attempt attempt) {
        String came = attempt.effect()
                .map(seen -> switch (seen.result()) {
                    case HELPED -> "it ended the growth";
                    case DID_NOT_HELP -> "the growth goes on";
                    case TOO_EARLY -> "too early to say";
                })
                .orElse(attempt.done() ? "done" : "failed");
        return attempt.order() + " (" + attempt.agreedBy() + "): " + came;
    }

    private static Stream<String> closed(Incident incident) {
        return switch (incident.status()) {
            case OPEN -> Stream.of();
            case RECOVERED -> Stream.of("closed: the growth has ended");
            case NOT_RECOVERED -> Stream.of("closed without a verified recovery");
            case WITHDRAWN -> Stream.of("withdrawn: the verdict did not stand");
        };
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
