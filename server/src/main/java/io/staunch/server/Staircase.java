package io.staunch.server;

import io.staunch.detect.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Tells growth in a few steps from growth that goes on.
///
/// A recording that starts, a compiler's scratch memory, a collector's table that is touched for the first time: each
/// is a step of megabytes, and in a short time a few of them look like a trend. Growth that goes on is there in nearly
/// every part of the time, whatever a step up or down does to one of them.
final class Staircase {
    private static final int PARTS = 6;
    private static final int FEWEST_RISING = 5;
    /// Of what a part would rise at the pace of the trend.
    private static final double LEAST_RISE = 1.0 / 3;

    private Staircase() {}

    /// Whether the samples from that time on rise in too few parts of the time to be going on. Samples in order of
    /// time; O(n).
    ///
    /// @param perHour the trend that is in question, more than 0
    static boolean isIn(List<Sample> samples, Instant from, double perHour) {
        List<Sample> seen =
                samples.stream().filter(sample -> !sample.at().isBefore(from)).toList();
        if (seen.size() <= PARTS) {
            return true;
        }
        Duration part =
                Duration.between(seen.getFirst().at(), seen.getLast().at()).dividedBy(PARTS);
        double enough = LEAST_RISE * perHour * part.toNanos() / 3.6e12;
        int rising = 0;
        double before = seen.getFirst().value();
        for (int i = 1; i <= PARTS; i++) {
            double after = i == PARTS
                    ? seen.getLast().value()
                    : valueAt(seen, seen.getFirst().at().plus(part.multipliedBy(i)));
            rising += after - before >= enough ? 1 : 0;
            before = after;
        }
        return rising < FEWEST_RISING;
    }

    /// What was read last by then.
    private static double valueAt(List<Sample> samples, Instant time) {
        double value = samples.getFirst().value();
        for (Sample sample : samples) {
            if (sample.at().isAfter(time)) {
                return value;
            }
            value = sample.value();
        }
        return value;
    }
}
