package io.staunch.detect;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// The past of one series in constant space: fine blocks for the recent past, blocks twice as wide for what is
/// older, and so on. An exponential histogram (Datar, Gionis, Indyk, Motwani 2002) over time.
///
/// A block of level L holds the samples of one cell of `DAY / 2^(17 − L)` seconds, counted from the first
/// sample, so that level 17 is a day. Every retained level keeps up to 12 blocks; when it overflows its two
/// oldest become one block of the next level. As the series ages the finest levels are given up, down to cells
/// of 11 minutes. Space: 127 blocks of 13 bytes. Time per sample: O(1) amortised.
///
/// A block's value leans towards the low of its samples while there are few (the floor of a saw-tooth), and is
/// the mean of such floors from then on. Its time leans the same way, so that a rising line stays unbiased.
final class Blocks {
    static final double DAY_SECONDS = 86_400;
    static final double TICK_SECONDS = DAY_SECONDS / (1 << 17);
    static final int RETAINED = 9;
    static final int PER_LEVEL = 12;
    private static final int STRIDE = PER_LEVEL + 1;
    static final int COARSEST_BASE = 10;
    private static final int SLOTS = RETAINED * STRIDE + COARSEST_BASE;
    private static final int FLOOR_SAMPLES = 16;
    private static final double LEAN = 0.75;

    private final float[] time;
    private final float[] value;
    private final short[] loadShort;
    private final short[] loadLong;
    private final byte[] samples;
    private final byte[] size;
    private int base;

    // the block in hand
    private float handTime;
    private float handValue;
    private short handShort;
    private short handLong;
    private byte handSamples;

    Blocks() {
        time = new float[SLOTS];
        value = new float[SLOTS];
        loadShort = new short[SLOTS];
        loadLong = new short[SLOTS];
        samples = new byte[SLOTS];
        size = new byte[RETAINED];
    }

    private Blocks(Blocks other) {
        time = other.time.clone();
        value = other.value.clone();
        loadShort = other.loadShort.clone();
        loadLong = other.loadLong.clone();
        samples = other.samples.clone();
        size = other.size.clone();
        base = other.base;
    }

    Blocks copy() {
        return new Blocks(this);
    }

    void write(ByteBuffer to) {
        to.put((byte) base).put(size);
        for (int slot = 0; slot < SLOTS; slot++) {
            byte count = isUsed(slot) ? samples[slot] : 0;
            to.put(count);
            if (count > 0) {
                to.putFloat(time[slot]).putFloat(value[slot]);
                to.putShort(loadShort[slot]).putShort(loadLong[slot]);
            }
        }
    }

    static Blocks read(ByteBuffer from) {
        Blocks blocks = new Blocks();
        blocks.base = from.get();
        from.get(blocks.size);
        for (int slot = 0; slot < SLOTS; slot++) {
            blocks.samples[slot] = from.get();
            if (blocks.samples[slot] > 0) {
                blocks.time[slot] = from.getFloat();
                blocks.value[slot] = from.getFloat();
                blocks.loadShort[slot] = from.getShort();
                blocks.loadLong[slot] = from.getShort();
            }
        }
        return blocks;
    }

    private boolean isUsed(int slot) {
        return slot < RETAINED * STRIDE ? slot % STRIDE < size[slot / STRIDE] : samples[slot] > 0;
    }

    void clear() {
        Arrays.fill(samples, (byte) 0);
        Arrays.fill(size, (byte) 0);
        base = 0;
    }

    int base() {
        return base;
    }

    /// Seconds that a cell of a level spans.
    static double width(int level) {
        return TICK_SECONDS * (1L << level);
    }

    /// One more sample; times must not decrease.
    void add(double seconds, double sample, double shortLoad, double longLoad) {
        handTime = (float) seconds;
        handValue = (float) sample;
        handShort = Float.floatToFloat16((float) shortLoad);
        handLong = Float.floatToFloat16((float) longLoad);
        handSamples = 1;
        push(0);
    }

    private void push(int from) {
        int level = from;
        while (true) {
            if (level < base) {
                int slot = carry(level);
                if (samples[slot] == 0) {
                    put(slot);
                    return;
                }
                if (cell(time[slot], level) == cell(handTime, level)) {
                    mergeInto(slot);
                    return;
                }
                swap(slot);
                level++;
                continue;
            }
            int row = level - base;
            int slot = row * STRIDE + size[row];
            if (size[row] > 0 && cell(time[slot - 1], level) == cell(handTime, level)) {
                mergeInto(slot - 1);
                return;
            }
            put(slot);
            if (++size[row] <= PER_LEVEL) {
                return;
            }
            if (row == RETAINED - 1) {
                if (base == COARSEST_BASE) {
                    drop(row, 1);
                    return;
                }
                giveUpFinest();
            }
            takeOldest(level);
            level++;
        }
    }

    private static int carry(int level) {
        return RETAINED * STRIDE + level;
    }

    private static long cell(float seconds, int level) {
        return (long) Math.floor(seconds / width(level));
    }

    /// The oldest block of a level comes into the hand, with the next one if both fill one cell above.
    private void takeOldest(int level) {
        int row = level - base;
        int slot = row * STRIDE;
        boolean pair = cell(time[slot], level + 1) == cell(time[slot + 1], level + 1);
        get(pair ? slot + 1 : slot);
        if (pair) {
            mergeInto(slot);
            get(slot);
        }
        drop(row, pair ? 2 : 1);
    }

    /// Level `base` is no longer kept block by block: what it held moves up a level.
    private void giveUpFinest() {
        int count = size[0];
        float[] times = Arrays.copyOf(time, count);
        float[] values = Arrays.copyOf(value, count);
        short[] shorts = Arrays.copyOf(loadShort, count);
        short[] longs = Arrays.copyOf(loadLong, count);
        byte[] counts = Arrays.copyOf(samples, count);
        move(STRIDE, 0, (RETAINED - 1) * STRIDE);
        System.arraycopy(size, 1, size, 0, RETAINED - 1);
        size[RETAINED - 1] = 0;
        base++;
        samples[carry(base - 1)] = 0;
        for (int i = 0; i < count; i++) {
            handTime = times[i];
            handValue = values[i];
            handShort = shorts[i];
            handLong = longs[i];
            handSamples = counts[i];
            push(base - 1);
        }
    }

    private void drop(int row, int count) {
        int from = row * STRIDE;
        move(from + count, from, size[row] - count);
        size[row] -= (byte) count;
    }

    private void move(int from, int to, int count) {
        System.arraycopy(time, from, time, to, count);
        System.arraycopy(value, from, value, to, count);
        System.arraycopy(loadShort, from, loadShort, to, count);
        System.arraycopy(loadLong, from, loadLong, to, count);
        System.arraycopy(samples, from, samples, to, count);
    }

    private void put(int slot) {
        time[slot] = handTime;
        value[slot] = handValue;
        loadShort[slot] = handShort;
        loadLong[slot] = handLong;
        samples[slot] = handSamples;
    }

    private void get(int slot) {
        handTime = time[slot];
        handValue = value[slot];
        handShort = loadShort[slot];
        handLong = loadLong[slot];
        handSamples = samples[slot];
    }

    private void swap(int slot) {
        float oldTime = time[slot];
        float oldValue = value[slot];
        short oldShort = loadShort[slot];
        short oldLong = loadLong[slot];
        byte oldSamples = samples[slot];
        put(slot);
        handTime = oldTime;
        handValue = oldValue;
        handShort = oldShort;
        handLong = oldLong;
        handSamples = oldSamples;
    }

    private void mergeInto(int slot) {
        double share = share(value[slot], samples[slot], handValue, handSamples);
        time[slot] = (float) (time[slot] + share * (handTime - time[slot]));
        value[slot] = (float) (value[slot] + share * (handValue - value[slot]));
        loadShort[slot] = mix(loadShort[slot], handShort, share);
        loadLong[slot] = mix(loadLong[slot], handLong, share);
        samples[slot] = (byte) Math.min(127, samples[slot] + handSamples);
    }

    /// The weight of the second of two blocks when they become one.
    static double share(double first, int firstSamples, double second, int secondSamples) {
        if (firstSamples < FLOOR_SAMPLES && secondSamples < FLOOR_SAMPLES) {
            return second == first ? 0.5 : second < first ? LEAN : 1 - LEAN;
        }
        return secondSamples / (double) (firstSamples + secondSamples);
    }

    private static short mix(short first, short second, double share) {
        if (first == second) {
            return first;
        }
        float a = Float.float16ToFloat(first);
        return Float.floatToFloat16((float) (a + share * (Float.float16ToFloat(second) - a)));
    }

    /// Copies what this level and all finer ones hold, oldest first, at the level's resolution.
    void window(int level, Window to) {
        to.clear();
        for (int finer = Math.min(level, base + RETAINED - 1); finer >= base; finer--) {
            int row = finer - base;
            for (int i = 0; i < size[row]; i++) {
                copy(row * STRIDE + i, level, to);
            }
        }
        for (int finer = base - 1; finer >= 0; finer--) {
            if (samples[carry(finer)] > 0) {
                copy(carry(finer), level, to);
            }
        }
    }

    private void copy(int slot, int level, Window to) {
        to.add(
                cell(time[slot], level),
                time[slot],
                value[slot],
                Float.float16ToFloat(loadShort[slot]),
                Float.float16ToFloat(loadLong[slot]),
                samples[slot]);
    }
}
