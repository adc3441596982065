package io.staunch.detect;

/// Up to 40 points of one resolution, oldest first: what a trend is fitted to. Reused, not thread-safe.
final class Window {
    static final int MOST = 128;

    final double[] time = new double[MOST];
    final double[] value = new double[MOST];
    final double[] loadShort = new double[MOST];
    final double[] loadLong = new double[MOST];
    private final int[] samples = new int[MOST];
    private long lastCell;
    int size;

    void clear() {
        size = 0;
    }

    /// Adds a block; it becomes part of the last point if that is of the same cell.
    void add(long cell, double seconds, double level, double shortLoad, double longLoad, int count) {
        if (size > 0 && cell == lastCell) {
            int last = size - 1;
            double share = Blocks.share(value[last], samples[last], level, count);
            time[last] += share * (seconds - time[last]);
            value[last] += share * (level - value[last]);
            loadShort[last] += share * (shortLoad - loadShort[last]);
            loadLong[last] += share * (longLoad - loadLong[last]);
            samples[last] = Math.min(127, samples[last] + count);
            return;
        }
        time[size] = seconds;
        value[size] = level;
        loadShort[size] = shortLoad;
        loadLong[size] = longLoad;
        samples[size] = count;
        lastCell = cell;
        size++;
    }

    double span() {
        return size == 0 ? 0 : time[size - 1] - time[0];
    }
}
