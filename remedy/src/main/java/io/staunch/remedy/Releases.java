package io.staunch.remedy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The releases of one service: those that were in place, in the order of their times, those that lie ready, and
/// the other changes around them. Immutable.
public record Releases(String service, List<Release> known, List<RecordedChange> changes) {
    public Releases {
        known = List.copyOf(known);
        changes = changes.stream()
                .sorted(Comparator.comparing(RecordedChange::at))
                .toList();
    }

    /// The releases that were put in place, each once per time it was, earliest first.
    public List<Release> inPlace() {
        List<Release> placed = new ArrayList<>();
        for (RecordedChange change : changes) {
            if (change.putsReleaseInPlace() && change.service().equals(service)) {
                placed.add(named(change.what())
                        .orElseGet(() -> new Release(service, change.what(), Optional.empty(), List.of()))
                        .since(change.at()));
            }
        }
        if (placed.isEmpty()) {
            known.stream()
                    .filter(release -> release.since().isPresent())
                    .sorted(Comparator.comparing(release -> release.since().orElseThrow()))
                    .forEach(placed::add);
        }
        return List.copyOf(placed);
    }

    public Optional<Release> current() {
        List<Release> placed = inPlace();
        return placed.isEmpty() ? Optional.empty() : Optional.of(placed.getLast());
    }

    /// The release that was in place at this time.
    public Optional<Release> at(Instant time) {
        return inPlace().stream()
                .filter(release -> !release.since().orElseThrow().isAfter(time))
                .reduce((earlier, later) -> later);
    }

    /// The release of another version that was in place before the given one.
    public Optional<Release> before(Release release) {
        Instant since = release.since().orElse(Instant.MAX);
        return inPlace().stream()
                .filter(earlier -> earlier.since().orElseThrow().isBefore(since))
                .filter(earlier -> !earlier.version().equals(release.version()))
                .reduce((earlier, later) -> later);
    }

    public Optional<Release> named(String version) {
        return known.stream()
                .filter(release -> release.version().equals(version))
                .findFirst();
    }

    /// What the release brought against the one before it; empty if there was none.
    public Optional<LibraryDifference> broughtBy(Release release) {
        return before(release).map(earlier -> LibraryDifference.between(earlier, release));
    }

    /// The changes that only go forward, made after the target was last in place.
    public List<RecordedChange> irreversibleSince(Release target) {
        Instant since = target.since().orElse(Instant.MIN);
        return changes.stream()
                .filter(change -> change.irreversible() && change.at().isAfter(since))
                .toList();
    }
}
