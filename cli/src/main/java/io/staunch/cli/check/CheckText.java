package io.staunch.cli.check;

import io.staunch.collect.Evidence;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Finding;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Suspect;
import io.staunch.server.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// The result of a check for a person who was woken by it: the verdict first, then what, who, where, what it is not.
public final class CheckText {
    private static final int LABEL = 12;
    private static final int MOST_TYPES = 5;

    private final StringBuilder text = new StringBuilder();

    private CheckText() {}

    static String of(Outcome outcome) {
        CheckText page = findings(outcome);
        page.line("next", outcome.diagnosis().advice());
        return page.text.toString();
    }

    /// The same without advice, for who has other advice to give.
    public static String withoutAdvice(Outcome outcome) {
        return findings(outcome).text.toString();
    }

    private static CheckText findings(Outcome outcome) {
        CheckText page = new CheckText();
        page.verdict(outcome);
        outcome.diagnosis().culprit().ifPresent(page::culprit);
        page.lines("seen", outcome.evidence().stream().map(Evidence::statement).toList());
        page.suspects("not", outcome.diagnosis(), Finding.CLEARED);
        page.suspects("perhaps", outcome.diagnosis(), Finding.INCONCLUSIVE);
        page.suspects("found", outcome.diagnosis(), Finding.IMPLICATED);
        page.notMeasured(outcome.diagnosis());
        page.line(
                "cost",
                String.format(
                        Locale.ROOT,
                        "the target stood still for %,.0f ms in all and spent %,d ms of CPU on us",
                        outcome.cost().addedPauseMillis(),
                        outcome.cost().targetCpuMillis()));
        return page;
    }

    private void verdict(Outcome outcome) {
        Judgement overall = outcome.diagnosis().overall();
        Instant now = outcome.diagnosis().at();
        text.append(sentence(overall, now)).append('\n');
        line("target", TargetWords.of(outcome.target()) + ", watched for " + Figures.duration(outcome.watched()));
        outcome.cutShort().ifPresent(why -> line("cut short", why));
    }

    private static String sentence(Judgement judgement, Instant now) {
        Series series = judgement.series();
        return switch (judgement.verdict()) {
            case Verdict.Leaking leaking ->
                "LEAK: " + leaking.why() + " ("
                        + Figures.rate(series, leaking.rate().low()) + " to "
                        + Figures.rate(series, leaking.rate().high()) + ")"
                        + leaking.exhaustion().map(end -> ends(end, now)).orElse("");
            case Verdict.Growing growing -> "No leak: " + series.name() + " " + growing.why();
            case Verdict.Steady steady -> "No leak: " + series.name() + " " + steady.why();
            case Verdict.Unknown unknown -> "Could not tell: " + unknown.why();
        };
    }

    private static String ends(Verdict.Exhaustion end, Instant now) {
        return "; the limit is reached in about " + until(now, end.expected()) + " (not before "
                + until(now, end.earliest()) + ")";
    }

    private static String until(Instant now, Instant then) {
        return Figures.duration(Duration.between(now, then));
    }

    private void culprit(Culprit culprit) {
        line("how", culprit.shape().sentence());
        List<Accumulation> types = culprit.accumulating();
        for (int i = 0; i < Math.min(MOST_TYPES, types.size()); i++) {
            Accumulation type = types.get(i);
            line(
                    i == 0 ? "piles up" : "",
                    type.type() + "  +" + Figures.count(type.instancesPerHour()) + " and "
                            + Figures.bytes(type.bytesPerHour()) + " an hour");
        }
        lines("held by", culprit.holder());
        lines("allocated", culprit.allocatedAt());
        culprit.library().ifPresent(purl -> line("library", purl));
        culprit.advisory().ifPresent(advisory -> line("known as", advisory.id() + ", " + advisory.reference()));
    }

    private void suspects(String label, Diagnosis diagnosis, Finding finding) {
        String shown = label;
        for (Suspect suspect : diagnosis.suspects()) {
            if (suspect.finding() == finding) {
                line(shown, suspect.name() + ": " + String.join("; ", suspect.evidence()));
                shown = "";
            }
        }
    }

    private void notMeasured(Diagnosis diagnosis) {
        List<String> names = diagnosis.suspects().stream()
                .filter(suspect -> suspect.finding() == Finding.NOT_MEASURED)
                .map(Suspect::name)
                .toList();
        if (!names.isEmpty()) {
            line("not seen", String.join(", ", names));
        }
    }

    private void lines(String label, List<String> values) {
        String shown = label;
        for (String value : values) {
            line(shown, value);
            shown = "";
        }
    }

    private void line(String label, String value) {
        text.append("  ")
                .append(label)
                .append(" ".repeat(Math.max(1, LABEL - label.length())))
                .append(value)
                .append('\n');
    }
}
