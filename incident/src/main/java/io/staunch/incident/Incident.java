package io.staunch.incident;

import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Suspect;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All that is recorded of one incident. Immutable; what is written to disk is this record.
///
/// @param id         the day, the service and a number: `20260301-shop-api-1`
/// @param target     what was watched, as `jvm 4242`
/// @param detected   when the growth was called a leak
/// @param causeNamed when the culprit was named
/// @param recovered  when an effect check saw the growth ended
/// @param brokenBy   the release that brought the leak, if one did
/// @param suspects   the board as it stood at the end
/// @param opinions   how the board came to stand so, in the order of time
/// @param changes    what was changed around the incident, in the order of time
/// @param timeline   in the order of time
/// @param courses    how the service's series went, the one that grew first; empty if that was not kept
public record Incident(
        String id,
        String service,
        String target,
        Status status,
        Instant detected,
        Optional<Instant> causeNamed,
        Optional<Instant> recovered,
        Optional<Instant> closed,
        Growth growth,
        Optional<Culprit> culprit,
        Optional<Release> brokenBy,
        List<Suspect> suspects,
        List<Opinion> opinions,
        List<RecordedChange> changes,
        List<Attempt> attempts,
        List<Entry> timeline,
        Optional<Impact> impact,
        Optional<WatchingCost> cost,
        List<Course> courses) {

    /// Where an incident stands.
    public enum Status {
        OPEN,
        /// The growth was seen ended.
        RECOVERED,
        /// It was closed while the growth went on, or nobody could tell.
        NOT_RECOVERED,
        /// The verdict that opened it did not stand: there was no leak.
        WITHDRAWN
    }

    public Incident {
        suspects = List.copyOf(suspects);
        opinions = List.copyOf(opinions);
        changes = List.copyOf(changes);
        attempts = List.copyOf(attempts);
        timeline = List.copyOf(timeline);
        courses = List.copyOf(courses);
    }

    /// When it began: with the release that brought it, else when the growth did.
    public Instant began() {
        return brokenBy.flatMap(Release::since).orElse(growth.since());
    }

    /// How long it lasted, until recovery was seen; so far, if it was closed without.
    public Optional<Duration> lasted() {
        return recovered.or(() -> closed).map(end -> Duration.between(began(), end));
    }

    public List<Suspect> suspects(Finding finding) {
        return suspects.stream().filter(suspect -> suspect.finding() == finding).toList();
    }

    /// The act after which the growth was seen ended.
    public Optional<Attempt> cure() {
        return attempts.stream().filter(Attempt::helped).reduce((earlier, later) -> later);
    }
}
