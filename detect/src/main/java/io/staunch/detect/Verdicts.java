package io.staunch.detect;

import io.staunch.detect.Verdict.Explanation;
import io.staunch.detect.Verdict.Growing;
import io.staunch.detect.Verdict.Leaking;
import io.staunch.detect.Verdict.Rate;
import io.staunch.detect.Verdict.Steady;
import io.staunch.detect.Verdict.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleFunction;

/// Puts what the windows say into one verdict with one sentence.
final class Verdicts {
    private final DetectorOptions options;
    private final Wording wording;

    Verdicts(DetectorOptions options) {
        this.options = options;
        wording = new Wording(options.unit());
    }

    static Verdict tooFew(long samples) {
        return new Unknown("too few samples: " + samples + " so far, at least " + Judge.FEWEST_POINTS + " are needed");
    }

    /// @param leaks   the windows that show the leak
    /// @param at      the instant of a second of the series
    /// @param now     the newest second
    Verdict leaking(List<Finding> leaks, int windows, double now, DoubleFunction<Instant> at) {
        Finding best = leaks.getFirst();
        double start = best.startSeconds();
        for (Finding leak : leaks) {
            best = leak.logEvidence() > best.logEvidence() ? leak : best;
            start = Math.min(start, leak.startSeconds());
        }
        double doubt = windows * Math.exp(-best.logEvidence());
        String why = "grew by " + wording.amount(best.growth()) + " in the last " + Wording.duration(best.seconds())
                + " and goes on at " + wording.rate(best.slopeNow());
        return new Leaking(
                rate(best),
                at.apply(start),
                Outlook.of(
                        best.left(), Outlook.Calibration.of(options, now - start), seconds -> at.apply(now + seconds)),
                Math.clamp(1 - doubt, 0, 1 - 1e-9),
                why);
    }

    Verdict withoutLeak(List<Finding> findings) {
        for (Finding finding : findings.reversed()) {
            switch (finding.kind()) {
                case FLAT, SLOWS, STEP, EXPECTED -> {
                    return explained(finding);
                }
                case UNSURE, LEAK -> {
                    return new Unknown("may grow by " + wording.rate(finding.slope()) + ", but the last "
                            + Wording.duration(finding.seconds()) + " are not enough to be sure: watch for longer");
                }
                case EARLY -> {
                    return new Unknown("grows by " + wording.rate(finding.slope()) + " for the last "
                            + Wording.duration(finding.seconds())
                            + ", which is too short a time against what is left to tell a leak from a cache that"
                            + " fills");
                }
                case NONE, SMALL, BY_LOAD_ALONE, SWINGS -> {
                    // the next shorter window may show more
                }
            }
        }
        return steady(findings.getLast());
    }

    private Verdict explained(Finding finding) {
        String growth = wording.amount(Math.max(0, finding.growth()));
        String time = Wording.duration(finding.seconds());
        Explanation explanation = switch (finding.kind()) {
            case FLAT, EXPECTED -> Explanation.BOUNDED;
            case STEP -> Explanation.STEP;
            case SLOWS, NONE, SMALL, BY_LOAD_ALONE, SWINGS, UNSURE, EARLY, LEAK -> Explanation.WARMING_UP;
        };
        String why = switch (explanation) {
            case BOUNDED ->
                finding.kind() == Finding.Kind.EXPECTED
                        ? "grew by " + growth + " in " + time + ", as earlier lives of the target did"
                        : "grew by " + growth + " in " + time + ", but hardly any more in the last third of that time";
            case STEP -> "one jump of about " + growth + ", level before and after";
            case WARMING_UP, FOLLOWS_LOAD, DATA_GROWTH ->
                "grows, but slows down towards an end: " + growth + " in " + time;
        };
        return new Growing(rate(finding), explanation, why);
    }

    private Verdict steady(Finding longest) {
        if (longest.fluctuation() > 3 * Math.abs(longest.growth())) {
            return new Steady("goes up and comes back by " + wording.amount(longest.fluctuation())
                    + "; its lows do not rise in " + Wording.duration(longest.seconds()));
        }
        return new Steady("changed by " + wording.amount(longest.growth()) + " in "
                + Wording.duration(longest.seconds()) + ", which is less than is sure or worth mentioning");
    }

    private static Rate rate(Finding finding) {
        double perHour = finding.slopeNow() * 3600;
        double margin = finding.margin() * 3600 * (finding.slopeNow() > finding.slope() ? 2 : 1);
        return new Rate(perHour, perHour - margin, perHour + margin);
    }
}
