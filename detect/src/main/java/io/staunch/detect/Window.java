package io.staunch.detect;

/// The points of one resolution, oldest first: what a trend is fitted to. Reused, not thread-safe.
final class Window {
    static final int MOST = Blocks.RETAINED * Blocks.PER_LEVEL + 1;
    /// Lows are the better floor if they go up and down by less than this share of what the leaning values do.
    private static final double CALMER = 0.5;

    private static final int FEWEST = 6;

    final double[] time = new double[MOST];
    final double[] value = new double[MOST];
    final double[] low = new double[MOST];
    final double[] loadShort = new double[MOST];
    final double[] loadLong = new double[MOST];
    private final int[] samples = new int[MOST];
    private final int[] cells = new int[MOST];
    private int lastCell;
    int size;
    double end;

    void clear() {
        size = 0;
    }

    /// Adds a block; it becomes part of the last point if that is of the same cell.
    void add(int cell, Blocks.Block block) {
        if (size > 0 && cell == lastCell) {
            int last = size - 1;
            double share = Blocks.share(value[last], samples[last], block.value, block.samples);
            time[last] += share * (block.time - time[last]);
            value[last] += share * (block.value - value[last]);
            low[last] = Math.min(low[last], block.low);
            loadShort[last] += share * (block.loadShort - loadShort[last]);
            loadLong[last] += share * (block.loadLong - loadLong[last]);
            samples[last] = Math.min(127, samples[last] + block.samples);
            return;
        }
        time[size] = block.time;
        value[size] = block.value;
        low[size] = block.low;
        loadShort[size] = block.loadShort;
        loadLong[size] = block.loadLong;
        samples[size] = block.samples;
        cells[size] = cell;
        lastCell = cell;
        size++;
    }

    double span() {
        return size == 0 ? 0 : time[size - 1] - time[0];
    }

    /// Goes over to the lows where they are much the calmer series: those of a saw-tooth. The newest point goes, unless
    /// its cell is nearly over: it may not have fallen back yet.
    void preferCalmerFloor(int level) {
        if (size < FEWEST || !(roughness(low) < CALMER * roughness(value))) {
            return;
        }
        double width = Blocks.width(level);
        if (end - lastCell * width < 0.6 * width && size > FEWEST) {
            size--;
        }
        System.arraycopy(low, 0, value, 0, size);
    }

    /// Variance of neighbouring differences around their mean.
    private double roughness(double[] y) {
        int n = size - 1;
        double mean = (y[n - 1] - y[0]) / (n - 1);
        double sum = 0;
        for (int i = 1; i < n; i++) {
            double step = y[i] - y[i - 1] - mean;
            sum += step * step;
        }
        return sum;
    }

    /// Leaves the cells that both have, with what the other's values are higher by.
    void subtractFrom(Window other) {
        int kept = 0;
        int theirs = 0;
        for (int i = 0; i < size; i++) {
            while (theirs < other.size && other.cells[theirs] < cells[i]) {
                theirs++;
            }
            if (theirs < other.size && other.cells[theirs] == cells[i]) {
                time[kept] = (time[i] + other.time[theirs]) / 2;
                value[kept] = other.value[theirs] - value[i];
                loadShort[kept] = 1;
                loadLong[kept] = 1;
                cells[kept] = cells[i];
                kept++;
            }
        }
        size = kept;
    }
}
