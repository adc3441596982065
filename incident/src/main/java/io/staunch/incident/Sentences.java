package io.staunch.incident;

import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Suspect;
import io.staunch.remedy.Effect.Comparison;
import io.staunch.remedy.Library;
import io.staunch.remedy.RecordedChange;
import io.staunch.remedy.Release;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// The wording that the timeline and the postmortem share.
final class Sentences {
    /// The packages before a type's name.
    private static final String PACKAGES = "(?<![\\w/@:.-])(?:[a-z_]\\w*\\.)+(?=[A-Z])";

    private Sentences() {}

    static String withStop(String text) {
        String trimmed = text.strip();
        return trimmed.isEmpty() || trimmed.endsWith(".") || trimmed.endsWith("!") ? trimmed : trimmed + ".";
    }

    /// A change is a suspect before anything was measured: it came shortly before.
    static boolean isChange(String suspectId) {
        return suspectId.startsWith("release:")
                || suspectId.startsWith("library:")
                || suspectId.startsWith("schema:")
                || suspectId.startsWith("configuration:");
    }

    static Entry clearedTogether(Instant at, List<Suspect> cleared) {
        return new Entry(
                at,
                Entry.Kind.EVIDENCE,
                "Cleared at the first look: " + names(cleared) + ".",
                cleared.stream()
                        .map(suspect ->
                                capital(suspect.name()) + ": " + withStop(String.join("; ", suspect.evidence())))
                        .toList());
    }

    static String names(List<Suspect> suspects) {
        return suspects.stream().map(Suspect::name).collect(Collectors.joining(", "));
    }

    /// The first letter in capitals, unless the text begins with a name that is not a word.
    static String capital(String text) {
        String first = text.split("\\s", 2)[0];
        if (first.contains(".") || first.contains(":") || first.contains("/")) {
            return text;
        }
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    static List<String> of(List<String> statements) {
        return statements.stream().map(text -> capital(withStop(text))).toList();
    }

    static String change(RecordedChange change) {
        return switch (change.kind()) {
            case RELEASE -> "Release " + change.what() + " of " + change.service() + " was deployed.";
            case ROLLBACK -> change.service() + " was rolled back to release " + change.what() + ".";
            case SCHEMA -> "Schema update " + change.what() + " was applied to the " + change.service() + ".";
            case CONFIGURATION -> change.service() + " was configured anew: " + withStop(change.what());
            case RESTART -> change.service() + " was restarted.";
            case SCALE -> "The number of instances of " + change.service() + " was changed: " + withStop(change.what());
        };
    }

    /// @param corrected whether something else was blamed before
    static String cause(Culprit culprit, Optional<Release> release, boolean corrected) {
        StringBuilder text = new StringBuilder(corrected ? "The cause was corrected: " : "The cause was named: ");
        text.append(
                culprit.lead().map(Sentences::pilesUp).orElse(culprit.shape().sentence()));
        culprit.ownHolder()
                .ifPresent(holder -> text.append(", held by `").append(holder).append('`'));
        culprit.library().ifPresent(purl -> text.append(", owned by ").append(library(purl)));
        release.ifPresent(from -> text.append(", brought by release ").append(from.version()));
        return text.append('.').toString();
    }

    /// A group of keys is several things.
    private static String pilesUp(Accumulation lead) {
        return "`" + lead.type() + (lead.type().startsWith("keys ") ? "` pile up" : "` piles up");
    }

    /// The container; of a group of keys, which has none, what is said of it.
    private static String where(Culprit culprit) {
        String type = culprit.lead().map(Accumulation::type).orElse("");
        return culprit.ownHolder()
                .map(holder -> !type.isEmpty() && holder.startsWith(type + ",")
                        ? holder.substring(type.length())
                        : " in `" + holder + "`")
                .orElse("");
    }

    /// What piles up, where, and whose it is, without a verb of its own.
    static String inShort(Culprit culprit) {
        String type =
                culprit.lead().map(Sentences::pilesUp).orElse(culprit.shape().sentence());
        return type
                + where(culprit)
                + culprit.library().map(purl -> ", `" + purl + "`").orElse("");
    }

    /// The same in a few words: types by their short names, the library without its group.
    static String inFewWords(Culprit culprit) {
        String what =
                culprit.lead().map(Sentences::pilesUp).orElse(culprit.shape().sentence()) + where(culprit);
        return what.replaceAll(PACKAGES, "").replace("`", "")
                + culprit.library().map(purl -> ", owned by " + library(purl)).orElse("");
    }

    /// `session-store 2.4.0` of a package URL.
    static String library(String purl) {
        Library library = new Library(purl);
        return library.version().isEmpty() ? library.shortName() : library.shortName() + " " + library.version();
    }

    static String effect(Attempt attempt, Attempt.Seen seen) {
        return switch (seen.result()) {
            case HELPED -> "Effect check: the " + attempt.act() + " ended the growth.";
            case DID_NOT_HELP -> "Effect check: the " + attempt.act() + " did not end the growth.";
            case TOO_EARLY -> "Effect check: too early to say whether the " + attempt.act() + " helped.";
        };
    }

    static List<String> figures(Attempt.Seen seen) {
        return seen.comparison()
                .map(comparison -> List.of(figures(comparison), capital(withStop(seen.why()))))
                .orElseGet(() -> List.of(capital(withStop(seen.why()))));
    }

    static String figures(Comparison comparison) {
        String before = Figures.rate(comparison.series(), comparison.perHourBefore());
        String after = comparison.perHourAfter() == 0
                ? "not at all"
                : "by " + Figures.rate(comparison.series(), comparison.perHourAfter());
        return capital(comparison.series().name()) + " grew by " + before + " before it, and " + after + " in the "
                + Figures.duration(comparison.watched()) + " after it.";
    }
}
