package io.staunch.cli.drill;

import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Suspect;
import io.staunch.drill.DrillResult;
import io.staunch.incident.Attempt;
import io.staunch.incident.Incident;
import io.staunch.incident.IncidentText;
import java.util.Locale;
import java.util.stream.Collectors;

/// The result of a drill for the person who ran it.
final class DrillText {
    private final StringBuilder text = new StringBuilder();

    private DrillText() {}

    static String of(DrillResult result) {
        DrillText page = new DrillText();
        page.text.append(result.recovered() ? "recovered" : "not recovered").append('\n');
        if (result.isFalseAlarm()) {
            page.line("false alarm", "a leak was called before the leaky release was deployed");
        }
        result.incident().ifPresent(incident -> page.incident(result, incident));
        result.postmortem().ifPresent(path -> page.line("postmortem", path.toString()));
        return page.text.toString();
    }

    private void incident(DrillResult result, Incident incident) {
        line("detected", after(result.seconds(incident.detected())));
        incident.causeNamed().ifPresent(at -> line("cause named", after(result.seconds(at))));
        incident.recovered().ifPresent(at -> line("recovered", after(result.seconds(at))));
        incident.culprit().ifPresent(this::culprit);
        line("cleared", names(incident, Finding.CLEARED));
        for (Attempt attempt : incident.attempts()) {
            line(attempt.act(), attempt.helped() ? "ended the growth" : "did not end the growth");
        }
        incident.impact().ifPresent(impact -> {
            if (impact.usersHitPercent().isPresent()) {
                line(
                        "users hit",
                        String.format(
                                Locale.ROOT, "%.1f %%", impact.usersHitPercent().getAsDouble()));
            }
        });
        line("incident", incident.id());
    }

    private void culprit(Culprit culprit) {
        culprit.lead()
                .ifPresent(lead -> line(
                        "culprit",
                        lead.type() + ", " + Figures.count(lead.instancesPerHour() / 60) + " more a minute"));
        IncidentText.holder(culprit).ifPresent(holder -> line("held by", holder));
        culprit.library().ifPresent(purl -> line("owned by", purl));
        culprit.release().ifPresent(release -> line("brought by", "release " + release));
    }

    private static String names(Incident incident, Finding finding) {
        return incident.suspects(finding).stream().map(Suspect::name).collect(Collectors.joining(", "));
    }

    private static String after(double seconds) {
        return String.format(Locale.ROOT, "%.1f s after the leaky deployment began", seconds);
    }

    private void line(String name, String value) {
        text.append(String.format(Locale.ROOT, "  %-12s %s%n", name, value));
    }
}
