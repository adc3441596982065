package io.staunch.detect;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One series under watch: its past in blocks, what was learned of it, and whether a leak is called. A look is taken
/// when a finest block is over and some time has passed against the age; a window that is 2ⁿ times longer is looked at
/// that much less often.
final class Watch {
    /// A leak must be seen for this share of its window before it is called …
    private static final double PERSISTENCE = 0.08;
    /// … and not be seen for this share to be called off.
    private static final double CALM = 0.25;

    private static final double LEAST_CALM_SECONDS = 3600;
    /// Rows of the finest blocks that are looked at every time.
    private static final int ALWAYS = 2;
    /// Looks in a time as long as the age, at most.
    private static final double LOOKS_PER_AGE = 400;

    /// A window of this share of the life tells whether the life grew.
    private static final double MOST_OF_LIFE = 0.6;
    /// After this many looks each of the windows was looked at once.
    private static final int LOOKS_AT_ALL = 32;
    /// A shorter life may be all warm-up.
    private static final double SHORT_LIFE_SECONDS = 4 * 3600;

    private static final double NEAR_THE_LIMIT = 0.85;
    private static final int BYTES = 4 + 4 + 6 * 8 + 4 + 3 + 4 * Blocks.RETAINED;

    private final DetectorOptions options;
    private final boolean lean;
    private final Blocks blocks;
    private final Memory memory;

    private int samples;
    private int looks;
    private double bornSeconds;
    /// Times from here on are seconds of age.
    private double now;
    private double lastValue = Double.NaN;
    private double nextLook;
    private double lastSeen;
    private float longest;
    private boolean called;
    /// Whether most of this life, as it was last looked at, grew for sure and goes on.
    private boolean grew;
    private boolean loadKnown;
    private byte lastBase;
    /// Since when each row shows a leak; NaN where it shows none.
    private final float[] leakSince = new float[Blocks.RETAINED];

    Watch(DetectorOptions options) {
        this(options, new Blocks(), new Memory());
        Arrays.fill(leakSince, Float.NaN);
    }

    private Watch(DetectorOptions options, Blocks blocks, Memory memory) {
        this.options = options;
        this.lean = options.leansLow();
        this.blocks = blocks;
        this.memory = memory;
    }

    static int mostBytes() {
        return Blocks.BYTES + Memory.BYTES + BYTES;
    }

    void write(ByteBuffer to) {
        blocks.write(to);
        memory.write(to);
        to.putInt(samples).putInt(looks);
        to.putDouble(bornSeconds).putDouble(now).putDouble(lastValue).putDouble(nextLook);
        to.putDouble(lastSeen).putFloat(longest);
        to.put((byte) ((called ? 1 : 0) | (grew ? 2 : 0)))
                .put((byte) (loadKnown ? 1 : 0))
                .put(lastBase);
        for (float since : leakSince) {
            to.putFloat(since);
        }
    }

    static Watch read(DetectorOptions options, ByteBuffer from) {
        Watch watch = new Watch(options, Blocks.read(from), Memory.read(from));
        watch.samples = from.getInt();
        watch.looks = from.getInt();
        watch.bornSeconds = from.getDouble();
        watch.now = from.getDouble();
        watch.lastValue = from.getDouble();
        watch.nextLook = from.getDouble();
        watch.lastSeen = from.getDouble();
        watch.longest = from.getFloat();
        byte state = from.get();
        watch.called = (state & 1) != 0;
        watch.grew = (state & 2) != 0;
        watch.loadKnown = from.get() == 1;
        watch.lastBase = from.get();
        for (int i = 0; i < watch.leakSince.length; i++) {
            watch.leakSince[i] = from.getFloat();
        }
        return watch;
    }

    /// Samples since the last restart.
    int samples() {
        return samples;
    }

    int looks() {
        return looks;
    }

    /// When this life began.
    double bornSeconds() {
        return bornSeconds;
    }

    /// Age at the newest sample.
    double now() {
        return now;
    }

    /// Whether a leak is called; for detectors without patience, see [#findings].
    boolean called() {
        return called;
    }

    /// The data changed its shape; the process stayed.
    void migrate(double seconds) {}

    void restart(double seconds, boolean deployed, boolean provenWell, double limit) {
        boolean died = called && lastValue > NEAR_THE_LIMIT * limit;
        boolean suspect = called && deployed;
        if (provenWell) {
            memory.restart(false);
            memory.grewToTheEnd(false);
        } else {
            memory.restart(died || suspect || (grew && now > SHORT_LIFE_SECONDS));
            memory.grewToTheEnd(grew && now > SHORT_LIFE_SECONDS);
        }
        grew = false;
        blocks.clear();
        samples = 0;
        looks = 0;
        nextLook = 0;
        called = false;
        Arrays.fill(leakSince, Float.NaN);
        lastBase = 0;
        lastSeen = 0;
        bornSeconds = seconds;
        now = 0;
    }

    void sample(
            double seconds,
            double value,
            double shortLoad,
            double longLoad,
            double limit,
            boolean load,
            Workbench bench) {
        loadKnown = load;
        double age = seconds - bornSeconds;
        if (blocks.isOver(age)) {
            blocks.close(bench);
            if (age >= nextLook) {
                nextLook = age * (1 + 1 / LOOKS_PER_AGE);
                looks++;
                memory.live(now, lastValue, shortLoad);
                look(limit, bench);
            }
        }
        blocks.fold(age, value, shortLoad, longLoad, lean);
        samples += samples < Integer.MAX_VALUE ? 1 : 0;
        lastValue = value;
        now = age;
    }

    /// All windows as they stand now, short to long.
    List<Finding> findings(double limit, Workbench bench) {
        return judge(limit, bench).findings(blocks);
    }

    private Judge judge(double limit, Workbench bench) {
        return new Judge(options, memory, limit, looks, loadKnown, bench);
    }

    private void look(double limit, Workbench bench) {
        shiftRows();
        Judge judge = judge(limit, bench);
        boolean seen = false;
        boolean grewBefore = grew;
        grew = false;
        for (int row = 0; row < Blocks.RETAINED; row++) {
            if (looks % (1 << Math.max(0, row - ALWAYS)) == 0) {
                note(row, judge.look(blocks, row + blocks.base(), looks % (4 << row) == 0));
            }
            seen |= !Float.isNaN(leakSince[row]);
        }
        grew |= called || (grewBefore && looks % LOOKS_AT_ALL != 0);
        if (seen) {
            lastSeen = now;
        } else if (now - lastSeen > Math.max(LEAST_CALM_SECONDS, CALM * longest)) {
            called = false;
        }
    }

    /// When the finest level is given up, each row is another level.
    private void shiftRows() {
        for (; lastBase < blocks.base(); lastBase++) {
            System.arraycopy(leakSince, 1, leakSince, 0, leakSince.length - 1);
            leakSince[leakSince.length - 1] = Float.NaN;
        }
    }

    private void note(int row, Judge.Look look) {
        switch (look) {
            case Judge.Leak(Finding finding) -> {
                if (Float.isNaN(leakSince[row])) {
                    leakSince[row] = (float) now;
                }
                if (now - leakSince[row] >= PERSISTENCE * finding.seconds()) {
                    called = true;
                    longest = (float) finding.seconds();
                }
            }
            case Judge.Early(Finding finding) -> {
                leakSince[row] = Float.NaN;
                grew |= finding.seconds() > MOST_OF_LIFE * now;
            }
            case Judge.NoLeak() -> leakSince[row] = Float.NaN;
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
