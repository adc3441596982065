package io.staunch.detect;

import io.staunch.detect.Verdict.Rate;

/// Judges many short series at once, such as the instances of every class in repeated histograms: which pile
/// up steadily, which are filling up, which come and go. Pure; O(n²) in the few points of a series.
public final class GrowthTest {
    /// A series piles up if at least this share of its steps does not fall …
    private static final double MONOTONE = 0.8;
    /// … and its last third grows at least at this share of the rate before.
    private static final double STILL_GROWS = 0.3;

    private GrowthTest() {}

    /// What a series does over its points.
    public enum Course {
        /// It grows at nearly every step and still does.
        PILES_UP,
        /// It grew and has stopped, or nearly so.
        FLATTENS,
        /// Up and down.
        FLUCTUATES,
        /// It does not change.
        STAYS,
        /// Fewer than four points.
        TOO_SHORT
    }

    /// What one series does, and how fast.
    ///
    /// @param rate  growth per hour, robust, with a 90 % interval
    /// @param score 0 to 1: the share of steps that rise, times how evenly the last third goes on; 0 unless it
    ///              piles up or flattens
    public record Result(Course course, Rate rate, double score) {}

    /// Judges one series.
    ///
    /// @param seconds times, ascending
    /// @param values  counts or bytes at these times
    public static Result of(double[] seconds, double[] values) {
        int n = seconds.length;
        if (values.length != n) {
            throw new IllegalArgumentException("growth test: expected " + n + " values, found " + values.length);
        }
        if (n < 4) {
            return new Result(Course.TOO_SHORT, new Rate(0, 0, 0), 0);
        }
        Rate rate = rate(seconds, values);
        double low = Double.MAX_VALUE;
        double high = -Double.MAX_VALUE;
        int notFalling = 0;
        int rising = 0;
        for (int i = 0; i < n; i++) {
            low = Math.min(low, values[i]);
            high = Math.max(high, values[i]);
            if (i > 0) {
                notFalling += values[i] >= values[i - 1] ? 1 : 0;
                rising += values[i] > values[i - 1] ? 1 : 0;
            }
        }
        if (high == low) {
            return new Result(Course.STAYS, rate, 0);
        }
        boolean monotone = notFalling >= MONOTONE * (n - 1) && values[n - 1] > values[0];
        boolean fallsBack = Shape.undone(values, n, new double[n]) > 0.25 * (values[n - 1] - values[0]);
        if (!monotone || fallsBack || rate.perHour() < 0) {
            return new Result(Course.FLUCTUATES, rate, 0);
        }
        double evenness = evenness(seconds, values);
        double score = rising / (double) (n - 1) * Math.min(1, evenness);
        boolean piles = evenness >= STILL_GROWS && rising * 2 >= n - 1;
        return new Result(piles ? Course.PILES_UP : Course.FLATTENS, rate, score);
    }

    /// Growth rate of the last third against that of the first two.
    private static double evenness(double[] seconds, double[] values) {
        int n = seconds.length;
        int split = n - Math.max(2, n / 3) - 1;
        double tail = (values[n - 1] - values[split]) / (seconds[n - 1] - seconds[split]);
        double head = (values[split] - values[0]) / Math.max(1e-9, seconds[split] - seconds[0]);
        return head <= 0 ? (tail > 0 ? 1 : 0) : tail / head;
    }

    /// Theil–Sen with an interval from the ranks of the slopes (Kendall's variance).
    private static Rate rate(double[] t, double[] y) {
        int n = t.length;
        double[] slopes = new double[n * (n - 1) / 2];
        int count = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                if (!(t[j] > t[i])) {
                    throw new IllegalArgumentException(
                            "growth test: expected ascending times, found " + t[i] + " before " + t[j]);
                }
                slopes[count++] = 3600 * (y[j] - y[i]) / (t[j] - t[i]);
            }
        }
        java.util.Arrays.sort(slopes);
        double spread = 1.645 * Math.sqrt(n * (n - 1.0) * (2 * n + 5) / 18);
        int low = (int) Math.max(0, Math.floor((count - spread) / 2));
        int high = (int) Math.min(count - 1, Math.ceil((count + spread) / 2));
        double middle = count % 2 == 1 ? slopes[count / 2] : (slopes[count / 2 - 1] + slopes[count / 2]) / 2;
        return new Rate(middle, Math.min(middle, slopes[low]), Math.max(middle, slopes[high]));
    }
}
