package io.staunch.detect;

import java.nio.ByteBuffer;

/// The past of one life of a series in constant space: fine blocks for the recent past, blocks twice as wide for
/// what is older, and so on. An exponential histogram (Datar, Gionis, Indyk, Motwani 2002) over time.
///
/// A block of level L holds the samples of one cell of `DAY / 2^(17 − L)` seconds, so that level 17 is a day. Samples
/// are folded into the block in hand; when its cell is over it joins the finest level. Every retained level keeps up to
/// 11 blocks; when it is full its two oldest become one block of the next level. As the series ages the finest levels
/// are given up, down to cells of 11 minutes. Space: 88 blocks of 15 bytes. Time per sample: O(1), mostly a fold.
///
/// A block has two values. One leans towards the low of its samples while there are few, and is the mean of such
/// leanings from then on; its time leans the same way, so that a rising line stays unbiased. The other is the lowest
/// sample: what a saw-tooth falls back to.
final class Blocks {
    static final double DAY_SECONDS = 86_400;
    static final double TICK_SECONDS = DAY_SECONDS / (1 << 17);
    static final int RETAINED = 8;
    static final int PER_LEVEL = 10;
    static final int COARSEST_BASE = 10;
    private static final int SLOTS = RETAINED * PER_LEVEL;
    private static final int FLOOR_SAMPLES = 16;
    private static final double LEAN = 0.75;
    /// The finest cells hold at most this many samples, and at least half as many.
    private static final double SAMPLES_PER_CELL = 3;

    /// What a sample below the block's value weighs against one above.
    private static final float LOW_WEIGHT = 3;

    static final int BYTES = SLOTS * 15 + Float.BYTES * RETAINED + Integer.BYTES + 1 + Block.BYTES;

    /// Time and value of each slot, then what [#mark] keeps for each row.
    private final float[] line = new float[2 * SLOTS + RETAINED];
    /// Value − lowest sample, load over minutes and over hours, of each slot.
    private final short[] rest = new short[3 * SLOTS];
    private final byte[] samples = new byte[SLOTS];
    /// How many blocks each row holds, four bits a row, the finest lowest.
    private int sizes;

    private int base;
    /// The block whose cell is not over yet.
    private final Block hand = new Block();

    /// One block, out of its slot.
    static final class Block {
        static final int BYTES = 6 * Float.BYTES + 1;
        float time;
        float value;
        float low;
        float loadShort;
        float loadLong;
        float weight;
        byte samples;

        void take(Block other) {
            time = other.time;
            value = other.value;
            low = other.low;
            loadShort = other.loadShort;
            loadLong = other.loadLong;
            weight = other.weight;
            samples = other.samples;
        }

        /// This block and a newer one become one.
        void merge(Block newer) {
            float share = (float) share(value, samples, newer.value, newer.samples);
            time += share * (newer.time - time);
            value += share * (newer.value - value);
            loadShort += share * (newer.loadShort - loadShort);
            loadLong += share * (newer.loadLong - loadLong);
            low = Math.min(low, newer.low);
            samples = (byte) Math.min(127, samples + newer.samples);
        }

        void write(ByteBuffer to) {
            to.putFloat(time).putFloat(value).putFloat(low).putFloat(loadShort).putFloat(loadLong);
            to.putFloat(weight).put(samples);
        }

        void read(ByteBuffer from) {
            time = from.getFloat();
            value = from.getFloat();
            low = from.getFloat();
            loadShort = from.getFloat();
            loadLong = from.getFloat();
            weight = from.getFloat();
            samples = from.get();
        }
    }

    Blocks() {
        clearMarks();
    }

    void write(ByteBuffer to) {
        to.put((byte) base).putInt(sizes);
        for (int row = 0; row < RETAINED; row++) {
            to.putFloat(mark(row));
            for (int slot = row * PER_LEVEL; slot < row * PER_LEVEL + size(row); slot++) {
                to.put(samples[slot]).putFloat(line[2 * slot]).putFloat(line[2 * slot + 1]);
                to.putShort(rest[3 * slot]).putShort(rest[3 * slot + 1]).putShort(rest[3 * slot + 2]);
            }
        }
        hand.write(to);
    }

    static Blocks read(ByteBuffer from) {
        Blocks blocks = new Blocks();
        blocks.base = from.get();
        blocks.sizes = from.getInt();
        for (int row = 0; row < RETAINED; row++) {
            blocks.mark(row, from.getFloat());
            for (int slot = row * PER_LEVEL; slot < row * PER_LEVEL + blocks.size(row); slot++) {
                blocks.samples[slot] = from.get();
                blocks.line[2 * slot] = from.getFloat();
                blocks.line[2 * slot + 1] = from.getFloat();
                for (int k = 0; k < 3; k++) {
                    blocks.rest[3 * slot + k] = from.getShort();
                }
            }
        }
        blocks.hand.read(from);
        return blocks;
    }

    void clear() {
        sizes = 0;
        base = 0;
        hand.samples = 0;
        clearMarks();
    }

    private void clearMarks() {
        java.util.Arrays.fill(line, 2 * SLOTS, line.length, Float.NaN);
    }

    /// A time that the watcher keeps for a row, NaN for none; it moves with its level.
    float mark(int row) {
        return line[2 * SLOTS + row];
    }

    void mark(int row, float seconds) {
        line[2 * SLOTS + row] = seconds;
    }

    private int size(int row) {
        return (sizes >>> (4 * row)) & 15;
    }

    private void add(int row, int count) {
        sizes += count << (4 * row);
    }

    int base() {
        return base;
    }

    /// The finest level whose window holds all that was seen.
    int wholeLife() {
        int row = RETAINED - 1;
        while (row > 0 && size(row) == 0) {
            row--;
        }
        return base + row;
    }

    /// Seconds that a cell of a level spans.
    static double width(int level) {
        return TICK_SECONDS * (1L << level);
    }

    private static int cell(double seconds, int level) {
        return (int) (seconds * ((1 << 17) / DAY_SECONDS)) >> level;
    }

    /// The highest level of which a cell ended between two times, as it did of all finer ones; −1 if there is none.
    static int highestOver(double before, double now) {
        return 31 - Integer.numberOfLeadingZeros(cell(before, 0) ^ cell(now, 0));
    }

    /// Whether a sample of this time would begin another block.
    boolean isOver(double seconds) {
        return hand.samples > 0 && cell(hand.time, base) != cell(seconds, base);
    }

    /// The block in hand joins the finest level.
    ///
    /// @param patient whether cells that are finer than the samples are apart are given up at once
    void close(boolean patient, Workbench bench) {
        Block moving = bench.moving;
        moving.take(hand);
        hand.samples = 0;
        if (patient && size(0) == PER_LEVEL && size(1) == 0) {
            meetTheSpacing();
        }
        push(moving, 0, bench);
    }

    /// The finest level becomes the one whose cells hold about two samples, as far apart as the first ones are.
    private void meetTheSpacing() {
        double apart = (line[2 * PER_LEVEL - 2] - line[0]) / (PER_LEVEL - 1);
        while (base < COARSEST_BASE && width(base + 1) <= SAMPLES_PER_CELL * apart) {
            base++;
        }
    }

    /// One more sample; times must not decrease, and the block in hand must not be over.
    ///
    /// @param lean whether lows count for more than highs
    void fold(double seconds, double sample, double shortLoad, double longLoad, boolean lean) {
        if (hand.samples == 0) {
            hand.time = (float) seconds;
            hand.value = (float) sample;
            hand.low = (float) sample;
            hand.loadShort = (float) shortLoad;
            hand.loadLong = (float) longLoad;
            hand.weight = 1;
            hand.samples = 1;
            return;
        }
        float weight = lean && sample < hand.value ? LOW_WEIGHT : 1;
        hand.weight += weight;
        float share = weight / hand.weight;
        hand.time += share * ((float) seconds - hand.time);
        hand.value += share * ((float) sample - hand.value);
        hand.loadShort += share * ((float) shortLoad - hand.loadShort);
        hand.loadLong += share * ((float) longLoad - hand.loadLong);
        hand.low = Math.min(hand.low, (float) sample);
        hand.samples = (byte) Math.min(127, hand.samples + 1);
    }

    private void push(Block moving, int from, Workbench bench) {
        for (int row = from; row < RETAINED; row++) {
            int level = base + row;
            int end = row * PER_LEVEL + size(row);
            if (size(row) > 0 && cell(line[2 * end - 2], level) == cell(moving.time, level)) {
                get(end - 1, bench.older);
                bench.older.merge(moving);
                put(end - 1, bench.older);
                return;
            }
            if (size(row) < PER_LEVEL) {
                put(end, moving);
                add(row, 1);
                return;
            }
            if (row == RETAINED - 1) {
                if (base < COARSEST_BASE) {
                    giveUpFinest(moving, bench);
                    return;
                }
                drop(row, 1);
                put(end - 1, moving);
                add(row, 1);
                return;
            }
            takeOldest(row, bench.older, bench);
            put(row * PER_LEVEL + size(row), moving);
            add(row, 1);
            moving.take(bench.older);
        }
    }

    /// The oldest block of a row, with the next one if both fill one cell above.
    private void takeOldest(int row, Block to, Workbench bench) {
        int slot = row * PER_LEVEL;
        int above = base + row + 1;
        get(slot, to);
        boolean pair = cell(line[2 * slot], above) == cell(line[2 * slot + 2], above);
        if (pair) {
            get(slot + 1, bench.newer);
            to.merge(bench.newer);
        }
        drop(row, pair ? 2 : 1);
    }

    /// The finest level is no longer kept block by block: what it held moves up a level. The block that found no room
    /// in the coarsest level begins a row above it.
    private void giveUpFinest(Block homeless, Workbench bench) {
        int count = size(0);
        float[] lines = java.util.Arrays.copyOf(line, 2 * count);
        short[] rests = java.util.Arrays.copyOf(rest, 3 * count);
        byte[] counts = java.util.Arrays.copyOf(samples, count);
        move(PER_LEVEL, 0, SLOTS - PER_LEVEL);
        sizes >>>= 4;
        int last = RETAINED - 1;
        System.arraycopy(line, 2 * SLOTS + 1, line, 2 * SLOTS, last);
        mark(last, Float.NaN);
        base++;
        // Rows end where the next begins: the oldest of the row below makes room for the homeless block.
        takeOldest(last - 1, bench.older, bench);
        put(last * PER_LEVEL, bench.older);
        add(last, 1);
        push(homeless, last - 1, bench);
        for (int i = 0; i < count; i++) {
            Block block = bench.moving;
            block.time = lines[2 * i];
            block.value = lines[2 * i + 1];
            unpack(rests, i, block);
            block.samples = counts[i];
            push(block, 0, bench);
        }
    }

    private void drop(int row, int count) {
        int from = row * PER_LEVEL;
        move(from + count, from, size(row) - count);
        add(row, -count);
    }

    private void move(int from, int to, int count) {
        System.arraycopy(line, 2 * from, line, 2 * to, 2 * count);
        System.arraycopy(rest, 3 * from, rest, 3 * to, 3 * count);
        System.arraycopy(samples, from, samples, to, count);
    }

    private void put(int slot, Block block) {
        line[2 * slot] = block.time;
        line[2 * slot + 1] = block.value;
        rest[3 * slot] = Half.of(Math.max(0, block.value - block.low));
        rest[3 * slot + 1] = Float.floatToFloat16(block.loadShort);
        rest[3 * slot + 2] = Float.floatToFloat16(block.loadLong);
        samples[slot] = block.samples;
    }

    private void get(int slot, Block to) {
        to.time = line[2 * slot];
        to.value = line[2 * slot + 1];
        unpack(rest, slot, to);
        to.samples = samples[slot];
    }

    private static void unpack(short[] from, int slot, Block to) {
        to.low = to.value - Half.value(from[3 * slot]);
        to.loadShort = Float.float16ToFloat(from[3 * slot + 1]);
        to.loadLong = Float.float16ToFloat(from[3 * slot + 2]);
    }

    /// The weight of the second of two blocks when they become one.
    static double share(double first, int firstSamples, double second, int secondSamples) {
        if (firstSamples < FLOOR_SAMPLES && secondSamples < FLOOR_SAMPLES) {
            return second == first ? 0.5 : second < first ? LEAN : 1 - LEAN;
        }
        return secondSamples / (double) (firstSamples + secondSamples);
    }

    /// Value of the newest block of the finest level that has one; NaN if there is none.
    double newest() {
        for (int row = 0; row < RETAINED; row++) {
            if (size(row) > 0) {
                return line[2 * (row * PER_LEVEL + size(row)) - 1];
            }
        }
        return Double.NaN;
    }

    /// Time of the oldest block of this level and all finer ones; that of the block in hand if there is no other.
    double begin(int level) {
        for (int row = Math.min(level - base, RETAINED - 1); row >= 0; row--) {
            if (size(row) > 0) {
                return line[2 * row * PER_LEVEL];
            }
        }
        return hand.time;
    }

    /// What lies between the highest value and the lowest sample of a level and all finer ones, both without what the
    /// load adds: no part of that window gains more. Far cheaper than the window. Levels must not go down.
    static final class Reach {
        private float high;
        private float low;
        private int rows;

        void clear() {
            high = -Float.MAX_VALUE;
            low = Float.MAX_VALUE;
            rows = 0;
        }

        double of(Blocks blocks, int level, Memory memory, boolean lean) {
            float effectShort = (float) memory.loadEffect(0);
            float effectLong = (float) memory.loadEffect(1);
            boolean loads = effectShort != 0 || effectLong != 0;
            short[] rest = blocks.rest;
            for (; rows <= level - blocks.base; rows++) {
                int end = rows * PER_LEVEL + blocks.size(rows);
                for (int slot = rows * PER_LEVEL; slot < end; slot++) {
                    float value = blocks.line[2 * slot + 1];
                    if (loads) {
                        value -= effectShort * Float.float16ToFloat(rest[3 * slot + 1])
                                + effectLong * Float.float16ToFloat(rest[3 * slot + 2]);
                    }
                    float least = lean ? value - Half.value(rest[3 * slot]) : value;
                    high = value > high ? value : high;
                    low = least < low ? least : low;
                }
            }
            return high - low;
        }
    }

    /// Copies what this level and all finer ones hold, oldest first, at the level's resolution.
    void window(int level, Window to, Workbench bench) {
        to.clear();
        Block block = bench.moving;
        for (int row = Math.min(level - base, RETAINED - 1); row >= 0; row--) {
            for (int slot = row * PER_LEVEL; slot < row * PER_LEVEL + size(row); slot++) {
                get(slot, block);
                to.add(cell(block.time, level), block);
            }
        }
        if (hand.samples > 0) {
            to.add(cell(hand.time, level), hand);
        }
        to.end = hand.samples > 0 ? hand.time : to.size == 0 ? 0 : to.time[to.size - 1];
    }
}
