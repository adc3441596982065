package io.staunch.detect;

import io.staunch.detect.Verdict.Exhaustion;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleFunction;

/// When the limit is reached. The point comes from the growth and its acceleration; the ends of the 80 % interval
/// are conformal: quantiles of the ratio of true to predicted time over leaks of many shapes that the benchmark
/// in `verify/` draws (docs/detector.md says how and shows the coverage on unseen ones).
final class Outlook {
    /// Quantiles 10, 50 and 90 % of true over predicted time.
    enum Calibration {
        /// Runs that are judged as soon as the samples allow.
        SHORT_RUN(0.63, 1.15, 2.5),
        /// Seen for less than most of a day: some leak by the night or the batch, and pause for the rest of it.
        BRIEF(0.8, 1.45, 6.2),
        /// Seen for longer.
        LONG(0.57, 1.1, 2.25);

        private final double earliest;
        private final double middle;
        private final double latest;

        Calibration(double earliest, double middle, double latest) {
            this.earliest = earliest;
            this.middle = middle;
            this.latest = latest;
        }

        static Calibration of(DetectorOptions options, double secondsSeen) {
            if (options.patience() == 0) {
                return SHORT_RUN;
            }
            return secondsSeen < MOST_OF_A_DAY * options.settling().toSeconds() ? BRIEF : LONG;
        }
    }

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

    static Optional<Exhaustion> of(double secondsLeft, Calibration by, DoubleFunction<Instant> fromNow) {
        if (Double.isNaN(secondsLeft)) {
            return Optional.empty();
        }
        double left = Math.min(secondsLeft, FARTHEST_SECONDS);
        return Optional.of(new Exhaustion(
                fromNow.apply(by.middle * left),
                fromNow.apply(by.earliest * left),
                Optional.of(fromNow.apply(by.latest * left))));
    }
}
