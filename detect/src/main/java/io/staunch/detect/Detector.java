package io.staunch.detect;

import io.staunch.detect.Verdict.Exhaustion;
import io.staunch.detect.Verdict.Explanation;
import io.staunch.detect.Verdict.Growing;
import io.staunch.detect.Verdict.Leaking;
import io.staunch.detect.Verdict.Rate;
import io.staunch.detect.Verdict.Steady;
import io.staunch.detect.Verdict.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Watches one series and says at any time whether it leaks. Samples may come at any spacing; those of one
/// instant in any order. State is constant, under 2 KB. Not thread-safe.
public final class Detector {
    private final DetectorOptions options;
    private final Judge judge;
    private final Past past;

    private Detector(DetectorOptions options, Past past) {
        this.options = options;
        this.judge = new Judge(options);
        this.past = past;
    }

    public static Detector of(DetectorOptions options) {
        return new Detector(options, new Past());
    }

    public void accept(Sample sample) {
        past.sample(sample.at(), sample.value());
    }

    /// The load at a time (requests per second, say), in any unit that stays the same.
    public void load(Sample load) {
        past.load(load.at(), load.value());
    }

    /// From this time on the series can't exceed the limit.
    public void limit(Instant at, double limit) {
        if (!(limit > 0)) {
            throw new IllegalArgumentException("limit at " + at + ": expected more than 0, found " + limit);
        }
        past.limit(at, limit);
    }

    public void event(Instant at, Event event) {
        past.event(at, event);
    }

    /// What the samples so far say. Does not change the state.
    public Verdict verdict() {
        Past now = past.settled();
        if (now.samples() < Judge.FEWEST_POINTS) {
            return new Unknown(
                    "too few samples: " + now.samples() + " so far, at least " + Judge.FEWEST_POINTS + " are needed");
        }
        List<Finding> findings = judge.findings(now.blocks(), now.limit(), now.samples());
        if (findings.isEmpty()) {
            return new Unknown("the samples lie too close in time to show a trend");
        }
        Optional<Finding> leak = leak(findings);
        if (leak.isPresent()) {
            return leaking(now, leak.get(), findings);
        }
        return withoutLeak(findings);
    }

    /// Growth per hour, in the series' unit, below which a leak could not have been seen by now.
    public double smallestVisibleRatePerHour() {
        Past now = past.settled();
        List<Finding> findings = judge.findings(now.blocks(), now.limit(), now.samples());
        double smallest = Double.POSITIVE_INFINITY;
        for (Finding finding : findings) {
            double reference = Double.isNaN(now.limit()) ? Math.abs(finding.level()) : now.limit();
            double worth = Math.max(options.minimumGrowth(), options.minimumShare() * reference) / finding.seconds();
            double freedom = Math.max(2, finding.points() - 2);
            double need = 2 * Judge.logThreshold(now.samples()) / (freedom + 1);
            double sure = Math.sqrt(freedom * Math.expm1(Math.min(30, need * 1.3))) * finding.standardError();
            smallest = Math.min(smallest, Math.max(worth, sure));
        }
        return smallest * 3600;
    }

    /// The surest window that shows a leak which the newest quarter of that window does not contradict.
    private static Optional<Finding> leak(List<Finding> findings) {
        Finding best = null;
        for (Finding finding : findings) {
            if (finding.kind() == Finding.Kind.LEAK
                    && (best == null || finding.logEvidence() > best.logEvidence())
                    && !contradicted(finding, findings)) {
                best = finding;
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean contradicted(Finding leak, List<Finding> findings) {
        for (Finding shorter : findings) {
            if (shorter.seconds() < 0.7 * leak.seconds()
                    && shorter.seconds() >= 0.24 * leak.seconds()
                    && shorter.slope() + shorter.margin() < 0.3 * leak.slope()) {
                return true;
            }
        }
        return false;
    }

    private Verdict leaking(Past now, Finding leak, List<Finding> findings) {
        double start = leak.startSeconds();
        for (Finding finding : findings) {
            if (finding.kind() == Finding.Kind.LEAK) {
                start = Math.min(start, finding.startSeconds());
            }
        }
        double doubt = findings.size() * Math.exp(-leak.logEvidence());
        String why = "grew by " + Wording.amount(leak.growth()) + " in the last " + Wording.duration(leak.seconds())
                + " and goes on at " + Wording.rate(leak.slope());
        return new Leaking(
                rate(leak), now.instant(start), exhaustion(now, leak), Math.clamp(1 - doubt, 0, 1 - 1e-9), why);
    }

    private static Optional<Exhaustion> exhaustion(Past now, Finding leak) {
        if (Double.isNaN(now.limit())) {
            return Optional.empty();
        }
        double left = Math.max(0, now.limit() - leak.level());
        double slowest = leak.slope() - leak.margin();
        Optional<Instant> latest =
                slowest > 0.05 * leak.slope() ? Optional.of(now.fromNow(2 * left / slowest)) : Optional.empty();
        return Optional.of(new Exhaustion(
                now.fromNow(left / leak.slope()), now.fromNow(0.6 * left / (leak.slope() + leak.margin())), latest));
    }

    private static Verdict withoutLeak(List<Finding> findings) {
        Finding longest = findings.getLast();
        for (Finding finding : findings.reversed()) {
            switch (finding.kind()) {
                case FLAT -> {
                    return new Growing(
                            rate(finding),
                            Explanation.BOUNDED,
                            "grew by " + Wording.amount(Math.max(0, finding.growth())) + " in "
                                    + Wording.duration(finding.seconds())
                                    + ", but hardly any more in the last third of that time");
                }
                case SLOWS -> {
                    return new Growing(
                            rate(finding),
                            Explanation.WARMING_UP,
                            "grows, but slows down towards an end: " + Wording.amount(finding.growth()) + " in "
                                    + Wording.duration(finding.seconds()));
                }
                case STEP -> {
                    return new Growing(
                            rate(finding),
                            Explanation.STEP,
                            "one jump of about " + Wording.amount(finding.growth()) + ", level before and after");
                }
                case UNSURE, LEAK -> {
                    return new Unknown("may grow by " + Wording.rate(finding.slope()) + ", but the last "
                            + Wording.duration(finding.seconds()) + " are not enough to be sure: watch for longer");
                }
                case EARLY -> {
                    return new Unknown("grows by " + Wording.rate(finding.slope()) + " for the last "
                            + Wording.duration(finding.seconds())
                            + ", which is too short a time against what is left to tell a leak from a cache that"
                            + " fills");
                }
                case NONE, SMALL -> {
                    // the next shorter window may show more
                }
            }
        }
        return steady(longest);
    }

    private static Verdict steady(Finding longest) {
        if (longest.fluctuation() > 3 * Math.abs(longest.growth())) {
            return new Steady("goes up and comes back by " + Wording.amount(longest.fluctuation()) + "; its lows do not"
                    + " rise in " + Wording.duration(longest.seconds()));
        }
        return new Steady("changed by " + Wording.amount(longest.growth()) + " in "
                + Wording.duration(longest.seconds()) + ", which is less than is worth mentioning");
    }

    private static Rate rate(Finding finding) {
        double perHour = finding.slope() * 3600;
        double margin = finding.margin() * 3600;
        return new Rate(perHour, perHour - margin, perHour + margin);
    }
}
