package io.staunch.server.response;

import io.staunch.diagnose.Change;
import io.staunch.remedy.Library;
import io.staunch.remedy.LibraryDifference;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.Release;
import io.staunch.remedy.Releases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What was learned of releases, in the form in which the board of suspects weighs it.
final class ChangeForms {
    private static final String MAVEN = "pkg:maven/";

    private ChangeForms() {}

    /// The changes that could explain a growth which was detected at that time, and the restarts until now that
    /// could have ended it. A release's libraries are compared jar by jar with those of the release before it.
    ///
    /// @param from     changes before it are not looked at
    /// @param good releases of the service that were watched without a leak, or named good
    static List<Change> of(Releases releases, Instant from, Instant detected, Instant now, Set<String> good) {
        List<Change> changes = new ArrayList<>();
        for (Release release : releases.inPlace()) {
            Instant at = release.since().orElseThrow();
            Optional<Release> before = releases.before(release);
            if (before.isPresent() && !at.isBefore(from) && !at.isAfter(detected)) {
                changes.addAll(of(before.get(), release, at, good));
            }
        }
        for (RecordedChange change : releases.changes()) {
            if (!change.at().isBefore(from) && !change.at().isAfter(now)) {
                around(change, releases.service(), detected).ifPresent(changes::add);
            }
        }
        return changes;
    }

    private static List<Change> of(Release before, Release release, Instant at, Set<String> good) {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.ReleaseChange(
                at, release.service(), before.version(), release.version(), good.contains(before.version())));
        LibraryDifference difference = LibraryDifference.between(before, release);
        for (LibraryDifference.Changed changed : difference.changed()) {
            changes.add(new Change.LibraryChange(
                    at,
                    name(changed.to()),
                    changed.from().version(),
                    changed.to().version()));
        }
        for (Library added : difference.added()) {
            changes.add(new Change.LibraryChange(at, name(added), "", added.version()));
        }
        return changes;
    }

    private static Optional<Change> around(RecordedChange change, String service, Instant detected) {
        boolean before = !change.at().isAfter(detected);
        boolean elsewhere = !change.service().equals(service);
        return switch (change.kind()) {
            case SCHEMA -> before ? Optional.of(new Change.SchemaChange(change.at(), change.what())) : Optional.empty();
            case RELEASE, ROLLBACK ->
                before && elsewhere
                        ? Optional.of(new Change.ReleaseElsewhere(change.at(), change.service(), change.what()))
                        : Optional.empty();
            case RESTART ->
                elsewhere ? Optional.of(new Change.Restart(change.at(), change.service())) : Optional.empty();
            case CONFIGURATION ->
                before
                        ? Optional.of(new Change.ConfigurationChange(
                                change.at(), change.service() + " (" + change.what() + ")"))
                        : Optional.empty();
            case SCALE -> Optional.empty();
        };
    }

    /// `group:artifact`
    private static String name(Library library) {
        String coordinates = library.coordinates();
        return coordinates.startsWith(MAVEN)
                ? coordinates.substring(MAVEN.length()).replace('/', ':')
                : coordinates;
    }
}
