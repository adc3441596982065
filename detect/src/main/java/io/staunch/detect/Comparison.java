package io.staunch.detect;

import io.staunch.detect.Verdict.Rate;

/// A canary beside its baseline, aligned by uptime: does the one grow where the other does not? Warm-ups and caches
/// that both have cancel out; so does what happens to both at once.
///
/// Per cell of uptime the difference of the two floors is taken; the evidence that it grows is an e-process over the
/// whole time (a line with AR(1) noise, [Trend]), so that the answer may be asked for at any time and as often as one
/// likes: under the model a canary that is no worse is ever called worse with a probability of at most `risk`.
/// Several instances of a release may feed one side. Feed both sides up to about the same uptime: an older side's
/// early life gets coarser. Constant memory. Not thread-safe.
public final class Comparison {
    private static final int FEWEST_POINTS = 10;
    private static final double SURE = 2;
    /// Few points show too short a memory of the noise; nothing else tells it.
    private static final double CAUTION = 2;

    /// What the two releases show so far.
    public sealed interface Answer {
        String why();

        /// The canary grows faster than the baseline, and goes on.
        ///
        /// @param difference what it grows faster by, an hour
        record Worse(Rate difference, double confidence, String why) implements Answer {}

        /// It does not grow faster than what is tolerated.
        record NoWorse(Rate difference, String why) implements Answer {}

        /// The time does not suffice to tell.
        record Undecided(String why) implements Answer {}
    }

    /// Evidence beyond what the model asks for, because the memory of the noise is estimated: with it pairs without a
    /// difference keep near the risk (docs/detector.md).
    private static final double SPARE = 1;

    private final DetectorOptions options;
    private final double risk;
    private final double tolerablePerHour;
    private final Wording wording;
    private final Workbench bench = new Workbench();
    private final Side baseline = new Side();
    private final Side canary = new Side();

    private final class Side {
        private final Blocks blocks = new Blocks();
        private double newest;

        void accept(double uptimeSeconds, double value) {
            if (!Double.isFinite(value) || !(uptimeSeconds >= newest)) {
                return;
            }
            newest = uptimeSeconds;
            if (blocks.isOver(uptimeSeconds)) {
                blocks.close(false, bench);
            }
            blocks.fold(uptimeSeconds, value, 1, 1, options.leansLow());
        }
    }

    private Comparison(DetectorOptions options, double risk, double tolerablePerHour) {
        this.options = options;
        this.risk = risk;
        this.tolerablePerHour = tolerablePerHour;
        wording = new Wording(options.unit());
    }

    /// A comparison that has seen nothing yet.
    ///
    /// @param risk             of ever calling a canary worse that is not, such as 0.01
    /// @param tolerablePerHour growth beyond the baseline's that does not matter, in the unit of the series
    public static Comparison of(DetectorOptions options, double risk, double tolerablePerHour) {
        if (!(risk > 0 && risk < 1) || !(tolerablePerHour >= 0)) {
            throw new IllegalArgumentException("comparison: expected a risk between 0 and 1 and a rate of 0 or more,"
                    + " found " + risk + " and " + tolerablePerHour);
        }
        return new Comparison(options, risk, tolerablePerHour);
    }

    /// A value of the baseline. What is older than its newest is ignored, here and for the canary.
    public void baseline(double uptimeSeconds, double value) {
        baseline.accept(uptimeSeconds, value);
    }

    /// A value of the canary.
    public void canary(double uptimeSeconds, double value) {
        canary.accept(uptimeSeconds, value);
    }

    /// What both sides show so far.
    public Answer answer() {
        Trend trend = bench.trend;
        if (!fit()) {
            return new Answer.Undecided("too little uptime in common: at least " + FEWEST_POINTS
                    + " points of both are needed, " + bench.part.size + " so far");
        }
        Window difference = bench.part;
        double span = difference.span();
        double growth = trend.slope * span;
        String time = Wording.duration(span);
        Rate rate = rate();
        boolean sure = trend.logEvidence > needed() && growth > worth();
        if (sure && goesOn(difference)) {
            double confidence = Math.min(1 - 1e-9, 1 - Math.exp(-trend.logEvidence));
            return new Answer.Worse(
                    rate,
                    confidence,
                    "grew by " + wording.amount(growth) + " more than the baseline in " + time + " of uptime and goes"
                            + " on, at " + wording.rate(trend.slope));
        }
        if (rate.high() <= tolerablePerHour || (sure && !isRising(rate))) {
            return new Answer.NoWorse(
                    rate,
                    "grows no more than " + wording.rate(Math.max(0, rate.high()) / 3600) + " faster than the baseline"
                            + " in " + time + " of uptime");
        }
        return new Answer.Undecided("after " + time + " of uptime a growth of less than "
                + wording.rate(smallestVisibleRatePerHour() / 3600) + " could not have been seen");
    }

    /// Growth per hour beyond the baseline's, below which the canary could not have been called worse by now.
    public double smallestVisibleRatePerHour() {
        if (!fit()) {
            return Double.POSITIVE_INFINITY;
        }
        Trend trend = bench.trend;
        double freedom = trend.points - 2.0;
        double need = 2 * needed() / (freedom + 1);
        double sure = Math.sqrt(freedom * Math.expm1(Math.min(30, need * 1.3))) * trend.standardError;
        return 3600 * Math.max(worth() / bench.part.span(), sure);
    }

    private double needed() {
        return SPARE - Math.log(risk);
    }

    private static boolean isRising(Rate rate) {
        return rate.low() > 0;
    }

    private Rate rate() {
        Trend trend = bench.trend;
        double perHour = trend.slope * 3600;
        double margin = SURE * trend.standardError * 3600;
        return new Rate(perHour, perHour - margin, perHour + margin);
    }

    private double worth() {
        return Math.max(options.minimumGrowth(), options.minimumShare() * Math.abs(bench.window.value[0]));
    }

    private boolean goesOn(Window difference) {
        return switch (bench.shape.of(difference.time, difference.value, difference.size, false, Shape.CLEARLY)) {
            case GOES_ON -> true;
            case COMES_BACK, STEP, FLAT_NOW, SLOWS_DOWN -> false;
        };
    }

    /// Fits the line to the difference of both, at the finest resolution that holds their whole common time.
    private boolean fit() {
        int level = Math.max(baseline.blocks.wholeLife(), canary.blocks.wholeLife());
        Window difference = bench.part;
        canary.blocks.window(level, bench.window, bench);
        baseline.blocks.window(level, difference, bench);
        difference.subtractFrom(bench.window);
        bench.trend.caution = CAUTION;
        boolean fitted = difference.size >= FEWEST_POINTS && bench.trend.fit(difference, new Memory(), 0, 0);
        bench.trend.caution = 0;
        return fitted;
    }
}
