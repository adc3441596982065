package io.staunch.server.response;

import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Figures;
import io.staunch.incident.Growth;
import io.staunch.remedy.LibraryDifference;
import io.staunch.remedy.Release;
import io.staunch.remedy.Releases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which release brought a leak, and why Staunch says so.
///
/// @param release empty if no release explains it; `evidence` then says why
record Attribution(Optional<Release> release, List<String> evidence) {

    /// First by the library that owns what piles up: the release that brought this version of it. Else by time: a
    /// release that followed one which is good.
    static Attribution of(Releases releases, Culprit culprit, Growth growth, Set<String> good) {
        Optional<Attribution> byLibrary = culprit.library().flatMap(purl -> byLibrary(releases, purl, growth.since()));
        return byLibrary
                .or(() -> byTime(releases, growth.since(), good))
                .orElseGet(() -> new Attribution(
                        Optional.empty(),
                        List.of("No release that is known brought it: neither the library that owns it nor the time "
                                + "points at one.")));
    }

    private static Optional<Attribution> byLibrary(Releases releases, String purl, Instant growthSince) {
        for (Release release : releases.inPlace().reversed()) {
            Optional<LibraryDifference> brought = releases.broughtBy(release);
            if (brought.filter(difference -> difference.brought(purl)).isPresent()) {
                String from = brought.get().changed().stream()
                        .filter(change -> change.to().purl().equals(purl))
                        .findFirst()
                        .map(change -> " from " + change.from().version())
                        .orElse("");
                return Optional.of(new Attribution(
                        Optional.of(release),
                        List.of(
                                "Release " + release.version() + " took `" + purl + "`" + from
                                        + "; the jars of both releases were compared.",
                                afterwards(release, growthSince))));
            }
        }
        return Optional.empty();
    }

    private static Optional<Attribution> byTime(Releases releases, Instant growthSince, Set<String> good) {
        return releases.current()
                .filter(current -> !good.contains(current.version()))
                .filter(current -> releases.before(current)
                        .filter(before -> good.contains(before.version()))
                        .isPresent())
                .map(current -> new Attribution(
                        Optional.of(current),
                        List.of(
                                "The release before it, "
                                        + releases.before(current).orElseThrow().version()
                                        + ", is good: it was watched without a leak, or named so by those who release.",
                                afterwards(current, growthSince))));
    }

    private static String afterwards(Release release, Instant growthSince) {
        Instant since = release.since().orElseThrow();
        return since.isAfter(growthSince)
                ? "The growth began as release " + release.version() + " started."
                : "The growth began " + Figures.duration(Duration.between(since, growthSince)) + " after release "
                        + release.version() + " was in place.";
    }
}
