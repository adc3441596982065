package io.staunch.incident;

import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Suspect;
import io.staunch.remedy.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// An incident for the terminal: what it is, what it is not, what was done, and when.
public final class IncidentText {
    private IncidentText() {}

    /// One line for a list: id, how it stands, how long, the cause.
    public static String line(Incident incident) {
        String lasted = incident.lasted().map(Times::span).orElse("not over");
        String cause = incident.culprit()
                .flatMap(culprit -> culprit.library()
                        .map(Sentences::library)
                        .or(() -> culprit.lead().map(lead -> lead.type())))
                .orElse("cause not found");
        return incident.id() + "  " + status(incident) + "  " + lasted + "  " + cause;
    }

    /// What it is, in one sentence, with types by their short names.
    public static String sentence(Incident incident) {
        return switch (incident.status()) {
            case OPEN -> incident.service() + " leaks: " + cause(incident) + ".";
            case RECOVERED ->
                incident.service() + " leaked: " + cause(incident)
                        + incident.cure()
                                .map(cure -> "; the " + cure.act() + " to " + cure.to() + " ended it.")
                                .orElse("; it has ended.");
            case NOT_RECOVERED -> incident.service() + " leaked: " + cause(incident) + "; its end was not seen.";
            case WITHDRAWN -> incident.service() + " does not leak: the verdict did not stand.";
        };
    }

    private static String cause(Incident incident) {
        if (incident.culprit().isEmpty()) {
            Growth growth = incident.growth();
            return "its " + growth.series().name() + " grows by "
                    + Figures.rate(growth.series(), growth.rate().perHour()) + ", the cause is not known yet";
        }
        String cause = Sentences.inFewWords(incident.culprit().get());
        return cause
                + incident.brokenBy()
                        .map(release -> ", since release " + release.version())
                        .orElse("");
    }

    /// The field of the program's own that holds what grows; empty if no heap dump told.
    public static Optional<String> holder(Culprit culprit) {
        return culprit.ownHolder();
    }

    /// The whole of it.
    public static String page(Incident incident) {
        List<String> lines = new ArrayList<>();
        lines.add(incident.service() + ", " + Times.day(incident.began()) + ": memory leak, " + status(incident));
        lines.add("");
        fact(lines, "lasted", incident.lasted().map(Times::span).orElse("not over"));
        fact(lines, "impact", ImpactText.oneLine(incident.impact()));
        fact(
                lines,
                "growth",
                incident.growth().series().name() + " grew by "
                        + Figures.rate(
                                incident.growth().series(),
                                incident.growth().rate().perHour()));
        fact(lines, "cause", incident.culprit().map(Sentences::inShort).orElse("not found"));
        fact(
                lines,
                "brought by",
                incident.brokenBy()
                        .map(Release::version)
                        .map(version -> "release " + version)
                        .orElse("not known"));
        fact(lines, "is not", names(incident, Finding.CLEARED));
        fact(lines, "open", names(incident, Finding.INCONCLUSIVE));
        fact(lines, "not seen", names(incident, Finding.NOT_MEASURED));
        lines.add("");
        for (Entry entry : incident.timeline()) {
            lines.add(Times.clock(entry.at()) + "  " + entry.sentence().replace("`", ""));
            entry.evidence().forEach(evidence -> lines.add("            " + evidence.replace("`", "")));
        }
        lines.add("");
        lines.addAll(Journey.draw(incident));
        return String.join("\n", lines) + "\n";
    }

    private static String names(Incident incident, Finding finding) {
        String names = incident.suspects(finding).stream().map(Suspect::name).collect(Collectors.joining(", "));
        return names.isEmpty() ? "-" : names;
    }

    /// How it stands, in a word or two.
    public static String status(Incident incident) {
        return switch (incident.status()) {
            case OPEN -> "open";
            case RECOVERED -> "recovered";
            case NOT_RECOVERED -> "not recovered";
            case WITHDRAWN -> "withdrawn: no leak";
        };
    }

    private static void fact(List<String> lines, String name, String value) {
        lines.add(String.format("  %-10s  %s", name, value.replace("`", "")));
    }
}
