package io.staunch.detect;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// What was learned of a series and outlives restarts: how it fluctuates at each resolution, how it follows the
/// load, and what earlier lifetimes looked like at the same uptime. About 500 bytes.
final class Memory {
    static final int LEVELS = Blocks.COARSEST_BASE + Blocks.RETAINED;
    static final int UPTIMES = 36;
    /// Growth counts as seen before if it was as much, within these factors, around the same uptime.
    private static final double ALIKE_IN_TIME = 3;
    private static final double ALIKE_IN_AMOUNT = 1.5;
    private static final double LOAD_TRUST = 0.25;
    private static final int BYTES = Float.BYTES * (3 * LEVELS + 4 * UPTIMES + 1) + 4 * Double.BYTES + 8;
    private static final double FIRST_UPTIME_SECONDS = 300;

    /// Variance of what the line leaves over, by level; 0 as long as nothing is known.
    final float[] variance = new float[LEVELS];
    /// Memory of the noise between neighbouring points, by level.
    final float[] noiseMemory = new float[LEVELS];
    /// The highest rise that was undone, by level.
    final float[] undone = new float[LEVELS];
    /// Effect of one unit of load, short and long lag, and how sure it is.
    final double[] loadEffect = new double[2];
    final double[] loadPrecision = new double[2];

    /// Level by uptime in the present life and in earlier ones; NaN where nothing was seen.
    private final float[] present = new float[UPTIMES];
    private final float[] earlier = new float[UPTIMES];

    Memory() {
        Arrays.fill(present, Float.NaN);
        Arrays.fill(earlier, Float.NaN);
    }

    Memory copy() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        write(bytes);
        return read(bytes.flip());
    }

    void write(ByteBuffer to) {
        for (float[] values : floats()) {
            for (float value : values) {
                to.putFloat(value);
            }
        }
        for (int i = 0; i < 2; i++) {
            to.putDouble(loadEffect[i]).putDouble(loadPrecision[i]);
        }
        to.putFloat(earlierTop).putInt(presentBin).putInt(presentCount);
    }

    static Memory read(ByteBuffer from) {
        Memory memory = new Memory();
        for (float[] values : memory.floats()) {
            for (int i = 0; i < values.length; i++) {
                values[i] = from.getFloat();
            }
        }
        for (int i = 0; i < 2; i++) {
            memory.loadEffect[i] = from.getDouble();
            memory.loadPrecision[i] = from.getDouble();
        }
        memory.earlierTop = from.getFloat();
        memory.presentBin = from.getInt();
        memory.presentCount = from.getInt();
        return memory;
    }

    private float[][] floats() {
        return new float[][] {variance, noiseMemory, undone, present, presentShort, presentLong, earlier};
    }

    /// A quiet window teaches how the series fluctuates at its level.
    void learn(int level, double newVariance, double newMemory) {
        if (variance[level] == 0) {
            variance[level] = (float) newVariance;
            noiseMemory[level] = (float) newMemory;
        } else {
            variance[level] += (float) (0.05 * (newVariance - variance[level]));
            noiseMemory[level] += (float) (0.05 * (newMemory - noiseMemory[level]));
        }
    }

    void learnUndone(int level, double rise) {
        undone[level] = (float) Math.max(undone[level] * 0.985, rise);
    }

    /// The highest rise that was undone at this level or the next coarser ones.
    double undone(int level) {
        double most = 0;
        for (int i = level; i < Math.min(LEVELS, level + 6); i++) {
            most = Math.max(most, undone[i]);
        }
        return most;
    }

    void learnLoad(double[] effect, double[] information, double spread) {
        for (int i = 0; i < 2; i++) {
            loadEffect[i] = effect[i];
            loadPrecision[i] = LOAD_TRUST * information[i] / spread;
        }
    }

    private final float[] presentShort = new float[UPTIMES];
    private final float[] presentLong = new float[UPTIMES];
    private float earlierTop = -Float.MAX_VALUE;
    private int presentBin;
    private int presentCount;

    private static double place(double uptimeSeconds) {
        return Math.clamp(
                2.5 / Math.log(2) * Math.log1p(Math.max(0, uptimeSeconds) / FIRST_UPTIME_SECONDS), 0, UPTIMES - 1.001);
    }

    /// Notes level and loads at an uptime.
    void live(double uptimeSeconds, double level, double shortLoad, double longLoad) {
        int bin = (int) place(uptimeSeconds);
        if (bin != presentBin) {
            presentBin = bin;
            presentCount = 0;
        }
        presentCount++;
        float share = 1f / presentCount;
        present[bin] = presentCount == 1 ? (float) level : present[bin] + share * ((float) level - present[bin]);
        presentShort[bin] += share * ((float) shortLoad - presentShort[bin]);
        presentLong[bin] += share * ((float) longLoad - presentLong[bin]);
    }

    /// A life ended. How it grew from one uptime to the next becomes what is expected, unless it leaked.
    void restart(boolean leaked) {
        if (Float.isNaN(present[presentBin])) {
            return;
        }
        for (int i = 0; i < UPTIMES; i++) {
            present[i] -= (float) (loadEffect[0] * (presentShort[i] - 1) + loadEffect[1] * (presentLong[i] - 1));
        }
        if (!leaked) {
            learnGains();
            learnTop();
        }
        Arrays.fill(present, Float.NaN);
        presentBin = 0;
        presentCount = 0;
    }

    private void learnGains() {
        int before = -1;
        for (int i = 0; i < UPTIMES; i++) {
            if (Float.isNaN(present[i])) {
                continue;
            }
            if (before >= 0) {
                float gain = (present[i] - present[before]) / (i - before);
                for (int k = before + 1; k <= i; k++) {
                    earlier[k] = Float.isNaN(earlier[k]) ? gain : earlier[k] + 0.5f * (gain - earlier[k]);
                }
            }
            before = i;
        }
    }

    /// The level of the later half of the life.
    private void learnTop() {
        float top = Float.NEGATIVE_INFINITY;
        int seen = 0;
        for (int i = UPTIMES - 1; i >= 0 && seen < 3; i--) {
            if (!Float.isNaN(present[i])) {
                seen++;
                top = Math.max(top, present[i]);
            }
        }
        earlierTop = top > earlierTop ? top : (float) (earlierTop + 0.25 * (top - earlierTop));
    }

    boolean knowsEarlierLives() {
        return earlierTop > -Float.MAX_VALUE;
    }

    /// The highest level at which earlier lives stood, at the load of the first sample.
    double earlierTop() {
        return earlierTop;
    }

    /// What earlier lives gained between two uptimes; 0 if they were not seen for long enough.
    double expectedGrowth(double fromUptime, double toUptime) {
        double start = gained(fromUptime / ALIKE_IN_TIME);
        double most = 0;
        for (double uptime = toUptime; uptime <= toUptime * ALIKE_IN_TIME; uptime *= 1.2) {
            most = Math.max(most, gained(uptime) - start);
        }
        return ALIKE_IN_AMOUNT * most;
    }

    /// What earlier lives gained up to an uptime: between the middles of two bins.
    private double gained(double uptimeSeconds) {
        double place = Math.max(0, place(uptimeSeconds) - 0.5);
        int bin = (int) place;
        double sum = 0;
        for (int i = 1; i <= bin; i++) {
            sum += Float.isNaN(earlier[i]) ? 0 : earlier[i];
        }
        float next = bin + 1 < UPTIMES ? earlier[bin + 1] : 0;
        return sum + (Float.isNaN(next) ? 0 : (place - bin) * next);
    }
}
