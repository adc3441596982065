package io.staunch.cli.soak;

import io.staunch.cli.check.TargetWords;
import io.staunch.collect.Cost;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Suspect;
import io.staunch.incident.Svg;
import io.staunch.server.Outcome;
import io.staunch.server.soak.SoakAnswer;
import io.staunch.server.soak.Soaked;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// The report of a soak as one page that loads nothing and has no script. All that comes from targets and commands is
/// shown as text.
final class SoakPage {
    private final StringBuilder page = new StringBuilder();

    private SoakPage() {}

    static String of(Soaked soaked) {
        SoakPage html = new SoakPage();
        html.head(soaked);
        html.raw("<table>");
        html.row("next", soaked.answer().advice());
        html.row("soaked", SoakText.time(soaked));
        html.row("smallest leak", SoakText.smallest(soaked.smallest()));
        soaked.comparison().ifPresent(comparison -> html.row("compared", SoakText.compared(comparison)));
        html.raw("</table>");
        FloorPlot.svg(soaked)
                .ifPresent(plot -> html.raw("<h2>What stayed in memory</h2><figure>" + plot + "</figure>"));
        soaked.sides().forEach(html::side);
        html.raw("<h2>How it was run</h2><table>");
        html.command("candidate", soaked.plan().candidate());
        soaked.plan().baseline().ifPresent(command -> html.command("baseline", command));
        html.command("load", soaked.plan().load());
        html.row("for", Figures.duration(soaked.plan().time()));
        html.row("from", soaked.candidate().outcome().from().toString());
        html.raw("</table></main></body></html>\n");
        return html.page.toString();
    }

    private void head(Soaked soaked) {
        String kind = switch (soaked.answer()) {
            case SoakAnswer.Passed _ -> "passed";
            case SoakAnswer.Failed _ -> "failed";
            case SoakAnswer.Undecided _ -> "undecided";
        };
        raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>"
                + "<meta name=\"color-scheme\" content=\"light dark\"/><title>Soak of ");
        text(soaked.candidate().outcome().target().title());
        raw(": " + kind + "</title><style>" + style() + "</style></head><body><main><h1>Soak of ");
        text(soaked.candidate().outcome().target().title());
        raw("</h1><p class=\"answer " + kind + "\">");
        text(SoakText.verdict(soaked.answer()));
        raw("</p>");
    }

    private void side(Soaked.Run run) {
        Outcome outcome = run.outcome();
        raw("<h2>The " + run.name() + "</h2><table>");
        row("target", TargetWords.of(outcome.target()));
        row("verdict", SoakText.brief(run));
        outcome.diagnosis().culprit().ifPresent(this::culprit);
        for (Suspect suspect : outcome.diagnosis().suspects()) {
            if (!suspect.evidence().isEmpty()) {
                row(suspect.finding().symbol(), suspect.name() + ": " + String.join("; ", suspect.evidence()));
            }
        }
        row("cost", cost(outcome.cost()));
        raw("</table>");
    }

    private void culprit(Culprit culprit) {
        row("how", culprit.shape().sentence());
        rows(
                "piles up",
                culprit.accumulating().stream()
                        .map(type -> type.type() + ", " + Figures.count(type.instancesPerHour()) + " and "
                                + Figures.bytes(type.bytesPerHour()) + " more an hour")
                        .toList());
        rows("held by", culprit.holder());
        rows("allocated", culprit.allocatedAt());
        culprit.library().ifPresent(purl -> row("library", purl));
    }

    private static String cost(Cost cost) {
        return String.format(
                Locale.ROOT,
                "it stood still for %,.0f ms in all and spent %,d ms of CPU on being watched",
                cost.addedPauseMillis(),
                cost.targetCpuMillis());
    }

    private void rows(String name, List<String> values) {
        String shown = name;
        for (String value : values) {
            row(shown, value);
            shown = "";
        }
    }

    private void row(String name, String value) {
        raw("<tr><th>" + name + "</th><td>");
        text(value);
        raw("</td></tr>");
    }

    private void command(String name, String command) {
        raw("<tr><th>" + name + "</th><td><code>");
        text(command);
        raw("</code></td></tr>");
    }

    private void raw(String markup) {
        page.append(markup);
    }

    private void text(String text) {
        raw(Svg.escaped(text));
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(SoakPage.class.getResourceAsStream("soak.css"), "soak.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
