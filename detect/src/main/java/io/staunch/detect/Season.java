package io.staunch.detect;

/// The daily cycle of a series for which no load is at hand: its mean course over the day is taken out of a window
/// of several days.
final class Season {
    private static final int DAY_LEVEL = 17;
    private static final int FINEST_LEVEL = DAY_LEVEL - 3;
    private static final double LEAST_SECONDS = 2.7 * Blocks.DAY_SECONDS;
    /// The cycle must explain at least this share of what a line leaves over.
    private static final double CLEAR = 0.5;

    private Season() {}

    /// Takes the cycle out of the window's values, if there is a clear one; the number of means that were fitted.
    static int remove(Window window, int level) {
        int n = window.size;
        if (level < FINEST_LEVEL || level >= DAY_LEVEL || window.span() < LEAST_SECONDS) {
            return 0;
        }
        int parts = 1 << (DAY_LEVEL - level);
        double slope = Shape.leastSquares(window.time, window.value, 0, n);
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += (window.value[i] - slope * (window.time[i] - window.time[0])) / n;
        }
        double[] sum = new double[parts];
        int[] count = new int[parts];
        double all = 0;
        for (int i = 0; i < n; i++) {
            double residual = window.value[i] - slope * (window.time[i] - window.time[0]) - mean;
            int part = part(window.time[i], parts);
            sum[part] += residual;
            count[part]++;
            all += residual * residual;
        }
        double explained = 0;
        for (int part = 0; part < parts; part++) {
            explained += count[part] > 1 ? sum[part] * sum[part] / count[part] : 0;
        }
        if (explained < CLEAR * all) {
            return 0;
        }
        for (int i = 0; i < n; i++) {
            int part = part(window.time[i], parts);
            window.value[i] -= count[part] > 1 ? sum[part] / count[part] : 0;
        }
        return parts - 1;
    }

    private static int part(double seconds, int parts) {
        return Math.floorMod((long) Math.floor(seconds / Blocks.DAY_SECONDS * parts), parts);
    }
}
