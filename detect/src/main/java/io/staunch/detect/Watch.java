package io.staunch.detect;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One series under watch: its past in blocks, what was learned of it, and whether a leak is called. Looks are
/// taken once per finest block; a window that is 2ⁿ times longer is looked at that much less often.
final class Watch {
    /// A leak must be seen for this share of its window before it is called …
    private static final double PERSISTENCE = 0.08;
    /// … and not be seen for this share to be called off.
    private static final double CALM = 0.25;
    private static final double LEAST_CALM_SECONDS = 3600;
    /// Rows of the finest blocks that are looked at every time.
    private static final int ALWAYS = 2;
    private static final double NEAR_THE_LIMIT = 0.85;

    private final DetectorOptions options;
    private final Blocks blocks;
    private final Memory memory;

    private long samples;
    private long looks;
    private double bornSeconds;
    private double nowSeconds;
    private double lastValue = Double.NaN;
    private double nextLook;
    private boolean called;
    private boolean loadKnown;
    private double lastSeen;
    private float longest;
    /// Since when each level shows a leak; NaN where it shows none.
    private final float[] leakSince = new float[Memory.LEVELS];

    Watch(DetectorOptions options) {
        this(options, new Blocks(), new Memory());
        Arrays.fill(leakSince, Float.NaN);
    }

    private Watch(DetectorOptions options, Blocks blocks, Memory memory) {
        this.options = options;
        this.blocks = blocks;
        this.memory = memory;
    }

    Watch copy() {
        Watch copy = new Watch(options, blocks.copy(), memory.copy());
        copy.samples = samples;
        copy.looks = looks;
        copy.bornSeconds = bornSeconds;
        copy.nowSeconds = nowSeconds;
        copy.lastValue = lastValue;
        copy.nextLook = nextLook;
        copy.called = called;
        copy.lastSeen = lastSeen;
        copy.loadKnown = loadKnown;
        copy.longest = longest;
        System.arraycopy(leakSince, 0, copy.leakSince, 0, leakSince.length);
        return copy;
    }

    void write(ByteBuffer to) {
        blocks.write(to);
        memory.write(to);
        to.putLong(samples).putLong(looks);
        to.putDouble(bornSeconds).putDouble(nowSeconds).putDouble(lastValue).putDouble(nextLook);
        to.put((byte) (called ? 1 : 0))
                .put((byte) (loadKnown ? 1 : 0))
                .putDouble(lastSeen)
                .putFloat(longest);
        for (float since : leakSince) {
            to.putFloat(since);
        }
    }

    static Watch read(DetectorOptions options, ByteBuffer from) {
        Watch watch = new Watch(options, Blocks.read(from), Memory.read(from));
        watch.samples = from.getLong();
        watch.looks = from.getLong();
        watch.bornSeconds = from.getDouble();
        watch.nowSeconds = from.getDouble();
        watch.lastValue = from.getDouble();
        watch.nextLook = from.getDouble();
        watch.called = from.get() == 1;
        watch.loadKnown = from.get() == 1;
        watch.lastSeen = from.getDouble();
        watch.longest = from.getFloat();
        for (int i = 0; i < watch.leakSince.length; i++) {
            watch.leakSince[i] = from.getFloat();
        }
        return watch;
    }

    /// Samples since the last restart.
    long samples() {
        return samples;
    }

    long looks() {
        return looks;
    }

    double nowSeconds() {
        return nowSeconds;
    }

    /// Whether a leak is called; for detectors without patience, see [#findings].
    boolean called() {
        return called;
    }

    void restart(double seconds, boolean deployed, boolean provenWell, double limit) {
        boolean died = called && lastValue > NEAR_THE_LIMIT * limit;
        boolean suspect = called && deployed;
        memory.restart((died || suspect) && !provenWell);
        blocks.clear();
        samples = 0;
        looks = 0;
        nextLook = 0;
        called = false;
        Arrays.fill(leakSince, Float.NaN);
        bornSeconds = seconds;
        nowSeconds = seconds;
    }

    void sample(double seconds, double value, double shortLoad, double longLoad, double limit, boolean load) {
        loadKnown = load;
        blocks.add(seconds, value, shortLoad, longLoad);
        samples++;
        lastValue = value;
        nowSeconds = seconds;
        if (seconds >= nextLook) {
            nextLook = seconds + Blocks.width(blocks.base());
            looks++;
            memory.live(seconds - bornSeconds, value, shortLoad, longLoad);
            look(limit);
        }
    }

    /// All windows as they stand now, short to long.
    List<Finding> findings(double limit) {
        return judge(limit).findings(blocks);
    }

    private Judge judge(double limit) {
        return new Judge(options, memory, limit, looks, bornSeconds, loadKnown);
    }

    private void look(double limit) {
        Judge judge = judge(limit);
        for (int row = 0; row < Blocks.RETAINED; row++) {
            if (looks % (1L << Math.max(0, row - ALWAYS)) == 0) {
                int level = blocks.base() + row;
                note(level, judge.look(blocks, level, looks % (4L << row) == 0));
            }
        }
        boolean seen = false;
        for (float since : leakSince) {
            seen |= !Float.isNaN(since);
        }
        if (seen) {
            lastSeen = nowSeconds;
        } else if (nowSeconds - lastSeen > Math.max(LEAST_CALM_SECONDS, CALM * longest)) {
            called = false;
        }
    }

    private void note(int level, Judge.Look look) {
        switch (look) {
            case Judge.Leak(Finding finding) -> {
                if (Float.isNaN(leakSince[level])) {
                    leakSince[level] = (float) nowSeconds;
                }
                if (nowSeconds - leakSince[level] >= PERSISTENCE * finding.seconds()) {
                    called = true;
                    longest = (float) finding.seconds();
                }
            }
            case Judge.NoLeak() -> leakSince[level] = Float.NaN;
        }
    }

    /// The leak that the windows show best and that their newer parts do not contradict.
    static List<Finding> leaks(List<Finding> findings) {
        List<Finding> leaks = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.kind() == Finding.Kind.LEAK && !finding.contradictedBy(findings)) {
                leaks.add(finding);
            }
        }
        return leaks;
    }
}
