package io.staunch.diagnose;

import io.staunch.diagnose.TypeHistory.Point;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// Tells whether a count grew steadily, and is still growing at its end.
///
/// Order statistics only, so that one odd histogram changes nothing: Kendall's S over all pairs (Mann 1945), slopes by
/// Theil (1950) and Sen (1968), O(n²) of at most some dozen points.
final class SteadyGrowth {
    /// With fewer points the order of a random walk is too often sorted.
    static final int FEWEST_POINTS = 5;

    private static final double LEAST_CONCORDANCE = 0.75;
    private static final double MOST_DISCORDANT = 0.08;
    private static final double LEAST_TAIL_SHARE = 0.35;
    private static final int FEWEST_STEPS = 3;

    private SteadyGrowth() {}

    /// The growth, if it is steady.
    static Optional<GrowingType> of(TypeHistory whole) {
        TypeHistory history = withoutWarmUp(whole);
        List<Point> points = history.points();
        if (points.size() < FEWEST_POINTS || !rises(points)) {
            return Optional.empty();
        }
        double slope = slope(points, Point::instances);
        double tailSlope = slope(tail(points), Point::instances);
        if (slope <= 0 || tailSlope < LEAST_TAIL_SHARE * slope) {
            return Optional.empty();
        }
        return Optional.of(new GrowingType(
                history.type(),
                slope * 3600,
                Math.max(0, slope(points, Point::bytes)) * 3600,
                tailSlope / slope,
                points.getFirst().at()));
    }

    /// The first third may be a service that only gets going.
    private static TypeHistory withoutWarmUp(TypeHistory history) {
        int points = history.points().size();
        return history.from(Math.min(points / 3, Math.max(0, points - FEWEST_POINTS)));
    }

    private static List<Point> tail(List<Point> points) {
        int length = Math.max(3, (points.size() + 1) / 2);
        return points.subList(points.size() - length, points.size());
    }

    private static boolean rises(List<Point> points) {
        int pairs = 0;
        int concordant = 0;
        int discordant = 0;
        int steps = 0;
        for (int i = 0; i < points.size(); i++) {
            for (int j = i + 1; j < points.size(); j++) {
                int order =
                        Long.compare(points.get(j).instances(), points.get(i).instances());
                pairs++;
                concordant += order > 0 ? 1 : 0;
                discordant += order < 0 ? 1 : 0;
                steps += j == i + 1 && order > 0 ? 1 : 0;
            }
        }
        return concordant >= LEAST_CONCORDANCE * pairs
                && discordant <= MOST_DISCORDANT * pairs
                && steps >= FEWEST_STEPS;
    }

    /// The median of the slopes between all pairs, per second.
    private static double slope(List<Point> points, ToLongFunction<Point> value) {
        double[] slopes = new double[points.size() * (points.size() - 1) / 2];
        int n = 0;
        for (int i = 0; i < points.size(); i++) {
            for (int j = i + 1; j < points.size(); j++) {
                double seconds =
                        Duration.between(points.get(i).at(), points.get(j).at()).toNanos() / 1e9;
                double rise = value.applyAsLong(points.get(j)) - value.applyAsLong(points.get(i));
                slopes[n++] = seconds > 0 ? rise / seconds : 0;
            }
        }
        Arrays.sort(slopes);
        return n % 2 == 1 ? slopes[n / 2] : (slopes[n / 2 - 1] + slopes[n / 2]) / 2;
    }
}
