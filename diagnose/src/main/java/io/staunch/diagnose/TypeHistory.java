package io.staunch.diagnose;

import java.time.Instant;
import java.util.List;

/// How many instances of one type were alive over time, one point a histogram, oldest first.
record TypeHistory(String type, List<Point> points) {
    TypeHistory {
        points = List.copyOf(points);
    }

    /// @param instances alive at the time
    /// @param bytes     their own bytes
    record Point(Instant at, long instances, long bytes) {}

    Point last() {
        return points.getLast();
    }

    /// The points from the `n`-th on.
    TypeHistory from(int n) {
        return new TypeHistory(type, points.subList(n, points.size()));
    }
}
