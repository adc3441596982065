package io.staunch.diagnose;

import io.staunch.detect.Verdict;
import io.staunch.diagnose.Change.ConfigurationChange;
import io.staunch.diagnose.Change.LibraryChange;
import io.staunch.diagnose.Change.ReleaseChange;
import io.staunch.diagnose.Change.SchemaChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What was changed on purpose: releases, libraries, schemas, settings.
final class ChangeSuspects {
    /// A growth is seen only after some samples: a beginning this much before a change may still come from it.
    private static final Duration BLUR = Duration.ofSeconds(20);

    private ChangeSuspects() {}

    static List<Suspect> judge(Observations o) {
        List<Suspect> suspects = new ArrayList<>();
        List<ReleaseChange> releases = o.changes().stream()
                .filter(ReleaseChange.class::isInstance)
                .map(ReleaseChange.class::cast)
                .toList();
        if (releases.isEmpty()) {
            suspects.add(Suspect.notMeasured("release", "the last release"));
        }
        for (ReleaseChange release : releases) {
            suspects.add(release(o, release, release.equals(releases.getLast())));
        }
        for (Change change : o.changes()) {
            switch (change) {
                case ReleaseChange _ -> {}
                case Change.ReleaseElsewhere _ -> {}
                case Change.Restart _ -> {}
                case LibraryChange library -> suspects.add(library(o, library));
                case SchemaChange update -> suspects.add(schema(o, update));
                case ConfigurationChange settings -> suspects.add(configuration(o, settings));
            }
        }
        if (hasNone(o, LibraryChange.class)) {
            suspects.add(Suspect.notMeasured("library", "a changed library"));
        }
        if (hasNone(o, SchemaChange.class)) {
            suspects.add(Suspect.notMeasured("schema", "a database schema update"));
        }
        if (hasNone(o, ConfigurationChange.class)) {
            suspects.add(Suspect.notMeasured("configuration", "a change of settings"));
        }
        return suspects;
    }

    private static boolean hasNone(Observations o, Class<? extends Change> kind) {
        return o.changes().stream().noneMatch(kind::isInstance);
    }

    private static Suspect release(Observations o, ReleaseChange release, boolean last) {
        Clues clues = new Clues(
                "release:" + release.service() + "@" + release.to(),
                (last ? "the last release, " : "release ") + release.service() + " " + release.to());
        if (!o.leaks()) {
            return clues.speaksAgainst(Rule.NO_LEAK_SINCE, o.to(), "no leak was found since it was deployed")
                    .cleared();
        }
        if (startedBefore(o, release)) {
            return clues.speaksAgainst(
                            Rule.GROWTH_BEGAN_BEFORE, release.at(), "the growth began before it was deployed")
                    .cleared();
        }
        clues.speaksFor(
                Rule.GROWTH_BEGAN_AFTER,
                release.at(),
                "the growth began "
                        + Figures.duration(Duration.between(release.at(), since(o).orElse(o.to())))
                        + " after it was deployed");
        Optional<LibraryChange> owner = changedOwner(o);
        if (owner.isPresent() && !owner.get().at().equals(release.at())) {
            return clues.speaksAgainst(
                            Rule.RELEASE_LEFT_OWNER,
                            o.to(),
                            "what piles up belongs to " + owner.get().library() + ", which this release left as it was")
                    .cleared();
        }
        return owner.isPresent()
                ? clues.speaksFor(Rule.RELEASE_BROUGHT_OWNER, o.to(), brought(owner.get()))
                        .implicated()
                : byItsPredecessor(o, clues, release, last);
    }

    private static String brought(LibraryChange library) {
        return "what piles up belongs to " + library.library() + ", which this release "
                + (library.from().isEmpty()
                        ? "brought in version " + library.to()
                        : "took from " + library.from() + " to " + library.to());
    }

    /// Of a release that is not known to have changed the owner: the time alone implicates nobody.
    private static Suspect byItsPredecessor(Observations o, Clues clues, ReleaseChange release, boolean last) {
        if (last && release.predecessorGood()) {
            return clues.speaksFor(
                            Rule.RELEASE_PREDECESSOR_GOOD,
                            release.at(),
                            "the release before it, " + release.from()
                                    + ", is good: it was watched without a leak, or named so")
                    .implicated();
        }
        return clues.leavesOpen(
                        Rule.RELEASE_TIME_ALONE,
                        o.to(),
                        "only the time speaks for it: the release before it is not known to be good, and it is "
                                + "not known to have brought what piles up")
                .inconclusive();
    }

    private static Suspect library(Observations o, LibraryChange library) {
        Clues clues = new Clues(
                "library:" + library.library(),
                library.library() + " " + (library.from().isEmpty() ? "" : library.from() + " → ") + library.to());
        if (!o.leaks()) {
            return clues.speaksAgainst(Rule.NO_LEAK_SINCE, o.to(), "no leak was found since it was changed")
                    .cleared();
        }
        if (!o.held().typesSeen()) {
            return Suspect.notMeasured("library:" + library.library(), library.library());
        }
        if (ownsTheCulprit(o, library)) {
            return clues.speaksFor(
                            Rule.LIBRARY_OWNS, o.to(), "what piles up, and who holds it, is its own: " + leadName(o))
                    .implicated();
        }
        List<String> its = o.held().growing().stream()
                .map(Accumulation::type)
                .filter(type -> owns(library, o.held().owners().get(type)))
                .toList();
        if (!its.isEmpty()) {
            return clues.leavesOpen(
                            Rule.LIBRARY_TYPES_GROW,
                            o.to(),
                            "some of its types grow, though others are more to blame: "
                                    + its.stream().limit(3).collect(Collectors.joining(", ")))
                    .inconclusive();
        }
        clues.speaksAgainst(
                Rule.LIBRARY_NO_TYPE_GROWS,
                o.to(),
                "none of the " + o.held().growing().size() + " types that grow is its own");
        o.held()
                .culprit()
                .flatMap(Culprit::library)
                .ifPresent(purl ->
                        clues.speaksAgainst(Rule.LIBRARY_OTHER_OWNER, o.to(), "what piles up belongs to " + purl));
        if (startedBefore(o, library)) {
            clues.speaksAgainst(Rule.GROWTH_BEGAN_BEFORE, library.at(), "the growth began before it was changed");
        }
        clues.speaksAgainst(
                Rule.LIBRARY_NO_TYPE_GROWS, o.to(), "rolling it back is not advised: it would not end the growth");
        return clues.cleared();
    }

    private static Suspect schema(Observations o, SchemaChange schema) {
        Clues clues = new Clues("schema:" + schema.name(), "schema update " + schema.name());
        if (!o.leaks()) {
            return clues.speaksAgainst(Rule.NO_LEAK_SINCE, o.to(), "no leak was found since it was made")
                    .cleared();
        }
        boolean before = startedBefore(o, schema);
        if (before) {
            clues.speaksAgainst(Rule.GROWTH_BEGAN_BEFORE, schema.at(), "the growth began before it was made");
        }
        Optional<Culprit> culprit = o.held().culprit();
        if (culprit.isEmpty() || !o.held().typesSeen()) {
            return before
                    ? clues.cleared()
                    : clues.leavesOpen(
                                    Rule.SCHEMA_TIME_ALONE,
                                    o.to(),
                                    "it came before the growth; which types grow was not seen")
                            .inconclusive();
        }
        boolean database = culprit.get().shape() == Shape.STATEMENTS
                || culprit.get().shape() == Shape.CONNECTIONS
                || o.held().growing().stream().limit(5).anyMatch(type -> fromDatabase(type.type()));
        if (database) {
            return clues.leavesOpen(
                            Rule.SCHEMA_DRIVER_TYPES,
                            o.to(),
                            "what piles up comes from the database driver: " + leadName(o))
                    .inconclusive();
        }
        return clues.speaksAgainst(
                        Rule.SCHEMA_NO_DRIVER_TYPE,
                        o.to(),
                        "it touched no type that grows: no driver, statement, connection or result set is among the "
                                + o.held().growing().size() + " of them, and what piles up is " + leadName(o))
                .cleared();
    }

    /// Settings leave no trace in what piles up: they are cleared by the times, or by another change that brought it.
    private static Suspect configuration(Observations o, ConfigurationChange settings) {
        Clues clues = new Clues("configuration:" + settings.name(), "the change of settings " + settings.name());
        if (!o.leaks()) {
            return clues.speaksAgainst(Rule.NO_LEAK_SINCE, o.to(), "no leak was found since it was made")
                    .cleared();
        }
        if (startedBefore(o, settings)) {
            return clues.speaksAgainst(Rule.GROWTH_BEGAN_BEFORE, settings.at(), "the growth began before it was made")
                    .cleared();
        }
        Optional<LibraryChange> owner = changedOwner(o);
        return owner.isPresent()
                ? clues.speaksAgainst(
                                Rule.CONFIGURATION_OTHER_CHANGE,
                                o.to(),
                                "what piles up belongs to " + owner.get().library() + " "
                                        + owner.get().to() + ", which a release brought")
                        .cleared()
                : clues.leavesOpen(
                                Rule.CONFIGURATION_TIME_ALONE,
                                o.to(),
                                "only the time speaks for it: it came before the growth")
                        .inconclusive();
    }

    private static boolean fromDatabase(String type) {
        return type.startsWith("java.sql.")
                || type.startsWith("javax.sql.")
                || Words.of(type).contains("resultset");
    }

    private static boolean startedBefore(Observations o, Change change) {
        return since(o).map(since -> since.plus(BLUR).isBefore(change.at())).orElse(false);
    }

    private static Optional<Instant> since(Observations o) {
        return o.overall().verdict() instanceof Verdict.Leaking leaking
                ? Optional.of(leaking.since())
                : Optional.empty();
    }

    /// The newest change of the library that owns the culprit, of those made before the growth began.
    private static Optional<LibraryChange> changedOwner(Observations o) {
        return o.changes().stream()
                .filter(LibraryChange.class::isInstance)
                .map(LibraryChange.class::cast)
                .filter(library -> ownsTheCulprit(o, library) && !startedBefore(o, library))
                .max(Comparator.comparing(LibraryChange::at));
    }

    private static boolean ownsTheCulprit(Observations o, LibraryChange library) {
        return o.held()
                .culprit()
                .flatMap(Culprit::library)
                .map(purl -> owns(library, purl))
                .orElse(false);
    }

    private static boolean owns(LibraryChange library, @org.jspecify.annotations.Nullable String purl) {
        return purl != null && purl.startsWith("pkg:maven/" + library.library().replace(':', '/') + "@");
    }

    private static String leadName(Observations o) {
        return o.held().culprit().flatMap(Culprit::lead).map(Accumulation::type).orElse("not known");
    }
}
