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
    /// A rise with the load is told if the window is this share of all that is remembered.
    private static final double MOST = 0.5;

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
    /// @param hidden  what lives in a row gained too much, where restarts hide a leak; 0 elsewhere
    Verdict leaking(List<Finding> leaks, int windows, double now, double hidden, DoubleFunction<Instant> at) {
        Finding best = leaks.getFirst();
        double start = best.startSeconds();
        for (Finding leak : leaks) {
            best = leak.logEvidence() > best.logEvidence() ? leak : best;
            start = Math.min(start, leak.startSeconds());
        }
        double doubt = Math.min(windows * Math.exp(-best.logEvidence()), Math.exp(-hidden));
        String why = "grew by " + wording.amount(best.growth()) + " in the last " + Wording.duration(best.seconds())
                + " and goes on at " + wording.rate(best.slopeNow())
                + (hidden > 0
                        ? "; several lives in a row gained more than those that were well, and restarts hide it"
                        : "");
        return new Leaking(
                rate(best),
                at.apply(start),
                Outlook.of(
                        options,
                        best.left(),
                        now - start,
                        best.fluctuation() / Math.max(best.growth(), Double.MIN_NORMAL),
                        seconds -> at.apply(now + seconds)),
                Math.clamp(1 - doubt, 0, 1 - 1e-9),
                why);
    }

    Verdict withoutLeak(List<Finding> findings) {
        double most = MOST * findings.getLast().seconds();
        for (Finding finding : findings.reversed()) {
            switch (finding.kind()) {
                case FLAT, SLOWS, STEP, EXPECTED, CARRIES_ON -> {
                    return explained(finding);
                }
                case FOLLOWS_LOAD -> {
                    // the rise of a morning's load is no growth of a week
                    if (finding.seconds() >= most) {
                        return explained(finding);
                    }
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
            case CARRIES_ON -> Explanation.DATA_GROWTH;
            case FOLLOWS_LOAD -> Explanation.FOLLOWS_LOAD;
            case SLOWS, NONE, SMALL, BY_LOAD_ALONE, SWINGS, UNSURE, EARLY, LEAK -> Explanation.WARMING_UP;
        };
        String why = switch (explanation) {
            case BOUNDED ->
                finding.kind() == Finding.Kind.EXPECTED
                        ? "grew by " + growth + " in " + time + ", as earlier lives of the target did"
                        : "grew by " + growth + " in " + time + ", but hardly any more in the last third of that time";
            case STEP -> "one jump of about " + growth + ", level before and after";
            case DATA_GROWTH ->
                "grew by " + growth + " in " + time + ", at the pace of earlier lives and from where they ended: data"
                        + " that a restart does not take away";
            case FOLLOWS_LOAD ->
                "grew by " + wording.amount(finding.rise()) + " in " + time + ", because the load rose: without it the"
                        + " growth would be " + growth;
            case WARMING_UP -> "grows, but slows down towards an end: " + growth + " in " + time;
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
        if (finding.kind() == Finding.Kind.FOLLOWS_LOAD) {
            double perHour = 3600 * finding.rise() / finding.seconds();
            return new Rate(perHour, perHour - finding.margin() * 3600, perHour + finding.margin() * 3600);
        }
        double perHour = finding.slopeNow() * 3600;
        double margin = finding.margin() * 3600 * (finding.slopeNow() > finding.slope() ? 2 : 1);
        return new Rate(perHour, perHour - margin, perHour + margin);
    }
}
