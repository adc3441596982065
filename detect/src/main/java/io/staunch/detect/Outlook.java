package io.staunch.detect;

import io.staunch.detect.Verdict.Exhaustion;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleFunction;

/// When the limit is reached. The point comes from the growth and its acceleration; the ends of the 80 % interval
/// are conformal: quantiles of the ratio of true to predicted time over leaks of many shapes that the benchmark
/// in `verify/` draws (docs/detector.md says how and shows the coverage on unseen ones). They depend on what is known
/// at the time: how long the growth was seen, how far it is extrapolated and how far it stands out from its swings.
final class Outlook {
    /// Quantiles 10, 50 and 90 % of true over predicted time, and how they change.
    private enum Calibration {
        /// Runs that are judged as soon as the samples allow.
        SHORT_RUN(0.63, 1.15, 2.5, 1, 1, 1, 1),
        /// Seen for less than most of a day: some leak by the night or the batch, and pause for the rest of it.
        BRIEF(0.83, 1.4, 3.1, 0.4, 0.6, 0.4, 1),
        /// Seen for longer.
        LONG(0.66, 1.15, 2.3, 0.2, 1, 0.82, 4);

        private final double earliest;
        private final double middle;
        private final double latest;
        /// What the earliest is multiplied by where the growth hardly stands out from its swings.
        private final double earliestIfUnclear;
        /// What the earliest and the latest are multiplied by at four times the time that was seen.
        private final double earliestIfFar;
        private final double latestIfFar;
        /// What the latest is multiplied by at half of the time that was seen: what nears its limit may still pause.
        private final double latestIfNear;

        Calibration(
                double earliest,
                double middle,
                double latest,
                double earliestIfUnclear,
                double earliestIfFar,
                double latestIfFar,
                double latestIfNear) {
            this.earliest = earliest;
            this.middle = middle;
            this.latest = latest;
            this.earliestIfUnclear = earliestIfUnclear;
            this.earliestIfFar = earliestIfFar;
            this.latestIfFar = latestIfFar;
            this.latestIfNear = latestIfNear;
        }

        static Calibration of(DetectorOptions options, double secondsSeen) {
            if (options.patience() == 0) {
                return SHORT_RUN;
            }
            return secondsSeen < MOST_OF_A_DAY * options.settling().toSeconds() ? BRIEF : LONG;
        }
    }

    /// A growth whose highest undone rise is less than this share of it is clear …
    private static final double CLEAR = 0.06;
    /// … and one of which it is this share is not.
    private static final double UNCLEAR = 0.08;
    /// Up to this many times the time that was seen, a prediction is not far …
    private static final double NOT_FAR = 2;
    /// … and the ends change with the logarithm of it up to this many doublings.
    private static final double MOST_DOUBLINGS = 1.5;
    /// From this many times the time that was seen on, a prediction is not near; at a third of that it is.
    private static final double NOT_NEAR = 1.5;

    /// Of the middle, at least this share is left however far it lies.
    private static final double LEAST_MIDDLE = 0.75;

    private static final double MOST_OF_A_DAY = 0.7;
    private static final double FARTHEST_SECONDS = 1e9;
    private static final double ACCELERATES = 1.3;
    /// Of an acceleration that two half windows show, this share is counted on.
    private static final double TRUST = 0.5;

    private Outlook() {}

    /// The slope at the end of a window: that of its newer half if it is clearly more than before.
    static double slopeNow(double slope, double head, double tail) {
        return tail > ACCELERATES * head && tail > slope ? tail : slope;
    }

    /// Seconds until `room` is filled.
    ///
    /// @param slope of the whole window, with `head` and `tail` those of its halves
    static double secondsLeft(double room, double slope, double head, double tail, double span) {
        if (Double.isNaN(room) || room <= 0) {
            return Double.isNaN(room) ? Double.NaN : 0;
        }
        if (tail > ACCELERATES * head && tail > slope && head > 0) {
            double acceleration = TRUST * (tail - head) / (span / 2);
            double now = tail + acceleration * span / 4;
            return (Math.sqrt(now * now + 2 * acceleration * room) - now) / acceleration;
        }
        double now = Math.max(slope, Math.min(tail, 2 * slope));
        return now > 0 ? room / now : FARTHEST_SECONDS;
    }

    /// The instants for a predicted time.
    ///
    /// @param secondsLeft from [#secondsLeft]; NaN without a limit
    /// @param secondsSeen for how long the growth was seen
    /// @param unclear     the highest rise that was undone, as a share of the growth
    static Optional<Exhaustion> of(
            DetectorOptions options,
            double secondsLeft,
            double secondsSeen,
            double unclear,
            DoubleFunction<Instant> fromNow) {
        if (Double.isNaN(secondsLeft)) {
            return Optional.empty();
        }
        double left = Math.min(secondsLeft, FARTHEST_SECONDS);
        Calibration by = Calibration.of(options, secondsSeen);
        double reach = Math.max(1e-6, left / Math.max(1, secondsSeen));
        double far = Math.clamp(Math.log(reach / NOT_FAR) / Math.log(2), 0, MOST_DOUBLINGS);
        double near = Math.clamp(Math.log(NOT_NEAR / reach) / Math.log(3), 0, 1);
        double doubt = Math.clamp((unclear - CLEAR) / (UNCLEAR - CLEAR), 0, 1);
        double earliest = by.earliest * Math.pow(by.earliestIfUnclear, doubt) * Math.pow(by.earliestIfFar, far);
        double latestIfFar = Math.pow(by.latestIfFar, far);
        double latest = by.latest * latestIfFar * Math.pow(by.latestIfNear, near);
        double middle = Math.clamp(by.middle * Math.max(latestIfFar, LEAST_MIDDLE), earliest, latest);
        return Optional.of(new Exhaustion(
                fromNow.apply(middle * left),
                fromNow.apply(earliest * left),
                Optional.of(fromNow.apply(latest * left))));
    }
}
