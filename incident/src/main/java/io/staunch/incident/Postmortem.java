package io.staunch.incident;

import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Suspect;
import io.staunch.remedy.Release;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// An incident as Markdown, ready to be published. Every statement comes from the record; what was not recorded is
/// said to be not measured.
public final class Postmortem {
    /// The heading of the timeline.
    static final String TIMELINE = "Timeline";

    private static final String NOT_MEASURED = "not measured";

    private final Incident incident;
    private final Voice voice;
    private final List<String> lines = new ArrayList<>();

    private Postmortem(Incident incident, Voice voice) {
        this.incident = incident;
        this.voice = voice;
    }

    public static String markdown(Incident incident, Tone tone) {
        Postmortem postmortem = new Postmortem(incident, Voice.of(tone));
        postmortem.write();
        return String.join("\n", postmortem.lines) + "\n";
    }

    /// The tasks that follow from the incident's findings.
    public static List<Measure> measures(Incident incident) {
        return Measures.of(incident);
    }

    private void write() {
        line("# " + voice.title(incident) + ", " + Times.day(incident.began()), "");
        summary();
        timeline();
        cause();
        resolution();
        ruledOut();
        journey();
        measures();
        cost();
        line("---", "", voice.end());
    }

    private void summary() {
        section("Issue summary");
        line(inOneParagraph(), "");
        line("| | |", "|---|---|");
        row("Incident", "`" + incident.id() + "`, " + status());
        row("Duration", duration());
        row("Impact", ImpactText.oneLine(incident.impact()));
        row("Root cause", incident.culprit().map(Sentences::inShort).orElse("not found"));
        row("Trigger", incident.brokenBy().map(this::trigger).orElse("no change was found that explains it"));
        row(
                "Detected",
                Times.clock(incident.detected()) + ", " + Times.between(incident.began(), incident.detected())
                        + " after it began");
        row(
                "Cause named",
                incident.causeNamed()
                        .map(at -> Times.clock(at) + ", " + Times.between(incident.detected(), at) + " after detection")
                        .orElse("it was not"));
        row(
                "Recovered",
                incident.recovered()
                        .map(at -> Times.clock(at) + ", seen by the effect check")
                        .orElse("not seen to recover"));
        line("");
        ImpactText.table(incident.impact()).forEach(this::line);
    }

    private String inOneParagraph() {
        StringBuilder text = new StringBuilder(
                "On " + Times.day(incident.began()) + " from " + Times.clock(incident.began()) + " UTC");
        incident.recovered()
                .or(incident::closed)
                .ifPresent(end -> text.append(" to ").append(Times.clock(end)));
        text.append(", ").append(incident.service()).append(" leaked memory. ");
        if (incident.culprit().flatMap(Culprit::lead).isEmpty()) {
            text.append("Its ")
                    .append(incident.growth().series().name())
                    .append(" grew by ")
                    .append(Figures.rate(
                            incident.growth().series(), incident.growth().rate().perHour()))
                    .append(". ");
        }
        incident.culprit().ifPresent(culprit -> text.append(reason(culprit)).append(' '));
        Optional<Attempt> cure = incident.cure();
        for (Attempt attempt : incident.attempts()) {
            if (attempt.didNotHelp()) {
                text.append(voice.inVain(attempt)).append(' ');
            }
        }
        text.append(cure.map(attempt ->
                        "It ended when release " + attempt.to() + " was put in place (" + attempt.act() + ").")
                .orElse("No act of this incident was seen to end it."));
        return text.toString();
    }

    private String reason(Culprit culprit) {
        String what = culprit.lead()
                .map(lead -> "Instances of `" + lead.type() + "`, " + Figures.count(lead.instancesPerHour() / 60)
                        + " more a minute, were never let go")
                .orElse(Sentences.capital(culprit.shape().sentence()));
        String owner =
                culprit.library().map(purl -> " by " + Sentences.library(purl)).orElse("");
        String release = incident.brokenBy()
                .map(from -> ", which came with release " + from.version())
                .orElse("");
        return what + owner + release + ".";
    }

    private String status() {
        return switch (incident.status()) {
            case OPEN -> "still open";
            case RECOVERED -> "closed, recovered";
            case NOT_RECOVERED -> "closed, not recovered";
            case WITHDRAWN -> "withdrawn, the verdict that opened it did not stand";
        };
    }

    private String duration() {
        return incident.lasted()
                .map(lasted -> Times.span(lasted) + " (" + Times.clock(incident.began()) + " to "
                        + Times.clock(incident.began().plus(lasted)) + " UTC)")
                .orElse("not over");
    }

    private String trigger(Release release) {
        return "release " + release.version() + " of " + release.service()
                + release.since().map(at -> ", deployed at " + Times.clock(at)).orElse("");
    }

    private void timeline() {
        section(TIMELINE);
        line(voice.timeline(), "");
        for (Entry entry : incident.timeline()) {
            line("- **" + Times.clock(entry.at()) + "** " + label(entry.kind()) + entry.sentence());
            entry.evidence().forEach(evidence -> line("  - " + evidence));
        }
        line("");
        misleadingPaths();
    }

    private static String label(Entry.Kind kind) {
        return switch (kind) {
            case CLEARED -> "*Misleading path.* ";
            case CAUSE -> "*Cause.* ";
            case CHANGE, SIGNAL, EVIDENCE, HYPOTHESIS, ADVICE, ACT, EFFECT, CLOSED -> "";
        };
    }

    private void misleadingPaths() {
        List<Suspect> cleared = incident.suspects(Finding.CLEARED);
        if (!cleared.isEmpty()) {
            line(voice.cleared(cleared.size()) + " They are in the table under *What was ruled out*.", "");
        }
    }

    private void cause() {
        section("Root cause");
        if (incident.culprit().isEmpty()) {
            line(
                    "The cause was not found. "
                            + Sentences.withStop(incident.growth().why()),
                    "");
            return;
        }
        Culprit culprit = incident.culprit().get();
        line(Sentences.capital(culprit.shape().sentence()) + ".", "");
        line("| | |", "|---|---|");
        row("What piles up", piles(culprit.accumulating()));
        row("Who holds it", path(culprit.holder()));
        row("Where it is allocated", path(culprit.allocatedAt()));
        row("Who owns it", culprit.library().map(purl -> "`" + purl + "`").orElse(NOT_MEASURED));
        row("Which release brought it", incident.brokenBy().map(this::trigger).orElse(NOT_MEASURED));
        culprit.advisory()
                .ifPresent(advisory -> row(
                        "Known as",
                        advisory.id()
                                + advisory.fixedIn().map(v -> ", fixed in " + v).orElse("") + " ("
                                + advisory.reference() + ")"));
        line("");
        incident.timeline().stream()
                .filter(entry -> entry.kind() == Entry.Kind.CAUSE)
                .reduce((earlier, later) -> later)
                .ifPresent(entry ->
                        line("The evidence for it is in the timeline at " + Times.clock(entry.at()) + ".", ""));
    }

    private static String piles(List<Accumulation> accumulating) {
        if (accumulating.isEmpty()) {
            return NOT_MEASURED;
        }
        return accumulating.stream()
                .limit(3)
                .map(type ->
                        "`" + type.type() + "` (" + Figures.count(type.instancesPerHour() / 60) + " more a minute)")
                .collect(Collectors.joining("<br>"));
    }

    private static String path(List<String> steps) {
        return steps.isEmpty()
                ? NOT_MEASURED
                : steps.stream().limit(8).map(step -> "`" + step + "`").collect(Collectors.joining("<br>"));
    }

    private void resolution() {
        section("Resolution");
        if (incident.attempts().isEmpty()) {
            line("Nothing was done against it through Staunch.", "");
            return;
        }
        line("| UTC | Act | Agreed by | Outcome | Effect |", "|---|---|---|---|---|");
        for (Attempt attempt : incident.attempts()) {
            line("| " + Times.clock(attempt.at()) + " | " + Sentences.capital(attempt.order()) + " | "
                    + attempt.agreedBy() + " | " + attempt.outcome() + " | " + effect(attempt) + " |");
        }
        line("");
    }

    private static String effect(Attempt attempt) {
        return attempt.effect()
                .map(seen -> switch (seen.result()) {
                            case HELPED -> "**Ended the growth.** ";
                            case DID_NOT_HELP -> "**Did not end it.** ";
                            case TOO_EARLY -> "Too early to say. ";
                        }
                        + seen.comparison().map(Sentences::figures).orElse(Sentences.withStop(seen.why())))
                .orElse(NOT_MEASURED);
    }

    private void ruledOut() {
        section("What was ruled out, and why");
        line("| Hypothesis | Evidence | Finding |", "|---|---|---|");
        for (Suspect suspect : incident.suspects()) {
            String evidence = Sentences.of(suspect.evidence()).stream().collect(Collectors.joining(" "));
            line("| " + Sentences.capital(suspect.name()) + " | "
                    + (evidence.isEmpty() ? "Nothing was seen that bears on it." : cell(evidence)) + " | "
                    + finding(suspect.finding()) + " |");
        }
        line("");
    }

    private static String finding(Finding finding) {
        return switch (finding) {
            case IMPLICATED -> "**implicated**";
            case CLEARED -> "ruled out";
            case INCONCLUSIVE -> "inconclusive";
            case NOT_MEASURED -> NOT_MEASURED;
        };
    }

    private void journey() {
        section("The journey to the cause");
        line("```text");
        Journey.draw(incident).forEach(this::line);
        line("```", "");
    }

    private void measures() {
        section("Corrective and preventative measures");
        line(voice.measures(), "");
        line("| Kind | Task | Owner | Due | Because |", "|---|---|---|---|---|");
        for (Measure measure : Measures.of(incident)) {
            line("| " + measure.kind().word() + " | " + cell(measure.task()) + " | " + measure.owner() + " | "
                    + measure.due() + " | " + cell(measure.because()) + " |");
        }
        line("");
    }

    private void cost() {
        section("What watching cost");
        if (incident.cost().isEmpty()) {
            line("It was " + NOT_MEASURED + ".", "");
            return;
        }
        WatchingCost cost = incident.cost().get();
        line(
                String.format(
                        Locale.ROOT,
                        "From its first look to the end, Staunch made %s stand still for %.0f ms in all, and used "
                                + "%.1f s of its processor time.",
                        incident.service(),
                        cost.addedPauseMillis(),
                        Duration.ofMillis(cost.targetCpuMillis()).toMillis() / 1000.0),
                "");
        cost.rungs().forEach(rung -> line("- " + Sentences.withStop(rung)));
        line("");
    }

    private void section(String title) {
        line("## " + title, "");
    }

    private void row(String name, String value) {
        line("| **" + name + "** | " + cell(value) + " |");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private void line(String... more) {
        lines.addAll(List.of(more));
    }
}
