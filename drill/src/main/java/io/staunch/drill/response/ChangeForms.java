package io.staunch.drill.response;

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

/// What was learned of releases, in the form in which the board of suspects weighs it.
final class ChangeForms {
    private static final String MAVEN = "pkg:maven/";

    private ChangeForms() {}

    /// The changes of that span of time that could explain a growth. A release's libraries are compared jar by jar with
    /// those of the release before it.
    static List<Change> of(Releases releases, Instant from, Instant to) {
        List<Change> changes = new ArrayList<>();
        for (Release release : releases.inPlace()) {
            Instant at = release.since().orElseThrow();
            Optional<Release> before = releases.before(release);
            if (before.isPresent() && !at.isBefore(from) && !at.isAfter(to)) {
                changes.add(new Change.ReleaseChange(
                        at, release.service(), before.get().version(), release.version()));
                for (LibraryDifference.Changed changed :
                        LibraryDifference.between(before.get(), release).changed()) {
                    changes.add(new Change.LibraryChange(
                            at,
                            name(changed.to()),
                            changed.from().version(),
                            changed.to().version()));
                }
            }
        }
        for (RecordedChange change : releases.changes()) {
            if (change.kind() == RecordedChange.Kind.SCHEMA
                    && !change.at().isBefore(from)
                    && !change.at().isAfter(to)) {
                changes.add(new Change.SchemaChange(change.at(), change.what()));
            }
        }
        return changes;
    }

    /// `group:artifact`
    private static String name(Library library) {
        String coordinates = library.coordinates();
        return coordinates.startsWith(MAVEN)
                ? coordinates.substring(MAVEN.length()).replace('/', ':')
                : coordinates;
    }
}
