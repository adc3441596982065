package io.staunch.cli.soak;

import io.staunch.cli.check.CheckText;
import io.staunch.cli.check.TargetWords;
import io.staunch.detect.Comparison;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.JsonForm;
import io.staunch.server.Outcome;
import io.staunch.server.soak.SmallestLeak;
import io.staunch.server.soak.SoakAnswer;
import io.staunch.server.soak.Soaked;
import java.util.Optional;

/// The result of a soak for people: the answer first, then what it rests on, then the candidate as a check tells it.
final class SoakText {
    private static final int LABEL = 12;

    private final StringBuilder text = new StringBuilder();

    private SoakText() {}

    static String of(Soaked soaked) {
        SoakText page = new SoakText();
        page.text.append(verdict(soaked.answer())).append('\n');
        page.line("soaked", time(soaked));
        soaked.baseline().ifPresent(baseline -> page.line("baseline", brief(baseline)));
        soaked.comparison().ifPresent(comparison -> page.line("compared", compared(comparison)));
        page.line("smallest", smallest(soaked.smallest()));
        page.line("next", soaked.answer().advice());
        page.text
                .append("the candidate: ")
                .append(CheckText.withoutAdvice(soaked.candidate().outcome()));
        return page.text.toString();
    }

    static String verdict(SoakAnswer answer) {
        return switch (answer) {
            case SoakAnswer.Passed(var why, var _) -> "PASSED: " + why;
            case SoakAnswer.Failed(var why, var _) -> "FAILED: " + why;
            case SoakAnswer.Undecided(var why, var _) -> "Could not tell: " + why;
        };
    }

    static String time(Soaked soaked) {
        return Figures.duration(soaked.candidate().outcome().watched()) + " under load"
                + (soaked.baseline().isPresent() ? ", both at the same time" : "")
                + soaked.ended().map(why -> "; " + why).orElse("");
    }

    static String brief(Soaked.Run run) {
        Outcome outcome = run.outcome();
        return TargetWords.of(outcome.target()) + ": "
                + JsonForm.kind(outcome.diagnosis().overall().verdict()) + ": "
                + outcome.diagnosis().overall().verdict().why()
                + run.died().map(how -> "; it ended " + how).orElse("");
    }

    static String compared(Comparison.Answer answer) {
        return switch (answer) {
            case Comparison.Answer.Worse(var _, var _, var why) -> "the candidate " + why;
            case Comparison.Answer.NoWorse(var _, var why) -> "the candidate " + why;
            case Comparison.Answer.Undecided(var why) -> "could not be told: " + why;
        };
    }

    static String smallest(Optional<SmallestLeak> leak) {
        return leak.map(SmallestLeak::explained).orElse("no leak of any size could have been seen in this time");
    }

    private void line(String label, String value) {
        text.append("  ")
                .append(label)
                .append(" ".repeat(Math.max(1, LABEL - label.length())))
                .append(value)
                .append('\n');
    }
}
