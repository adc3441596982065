package io.staunch.server;

import io.staunch.detect.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Tells whether a growth that was seen goes on after something was taken away that might have been its cause.
final class Continuation {
    private static final Duration LEAST = Duration.ofSeconds(15);
    private static final int FEWEST = 9;
    private static final double LEAST_SHARE = 0.5;

    private Continuation() {}

    /// Whether the samples from that time on rise, evenly, by at least half of what was seen before. The rise is that
    /// from the mean of the first third to the mean of the last third. Samples in order of time; O(n).
    ///
    /// @param perHour the growth that was seen before
    static boolean isSeen(List<Sample> samples, Instant from, double perHour) {
        List<Sample> seen =
                samples.stream().filter(sample -> !sample.at().isBefore(from)).toList();
        if (seen.size() < FEWEST
                || Duration.between(seen.getFirst().at(), seen.getLast().at()).compareTo(LEAST) < 0
                || Staircase.isIn(seen, from, LEAST_SHARE * perHour)) {
            return false;
        }
        int third = seen.size() / 3;
        List<Sample> first = seen.subList(0, third);
        List<Sample> last = seen.subList(seen.size() - third, seen.size());
        double hours = hour(last) - hour(first);
        return mean(last) - mean(first) >= LEAST_SHARE * perHour * hours;
    }

    private static double mean(List<Sample> samples) {
        return samples.stream().mapToDouble(Sample::value).average().orElseThrow();
    }

    /// The middle of their times, in hours since 1970.
    private static double hour(List<Sample> samples) {
        return samples.stream()
                .mapToDouble(sample -> sample.at().toEpochMilli() / 3.6e6)
                .average()
                .orElseThrow();
    }
}
