package io.staunch.detect;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// One series under watch: its past in blocks, what was learned of it, and whether a leak is called. Looks are taken
/// when a finest block is over, at most a few hundred in a time as long as the age. A window is looked at when a
/// twentieth of it is new and teaches the memory when most of it is: what a sample costs does not depend on the age.
/// Between looks, brief windows are glanced at.
final class Watch {
    /// A leak must be seen for this share of its window before it is called …
    private static final double PERSISTENCE = 0.05;
    /// … or for this one where nothing is known of earlier lives …
    private static final double PERSISTENCE_IF_NEW = 0.1;
    /// … and not be seen for this share to be called off.
    private static final double CALM = 0.25;

    private static final double LEAST_CALM_SECONDS = 3600;
    /// Looks in a time as long as the age, at most …
    private static final double LOOKS_PER_AGE = 80;
    /// … and where an answer is wanted as soon as the samples allow.
    private static final double LOOKS_PER_AGE_AT_ONCE = 160;
    /// A window holds about so many cells of its level.
    private static final int CELLS = 20;
    /// It is looked at when one of them is over, tells of the life when a cell this many levels above is …
    private static final int LIFE = 2;
    /// … and is learned from when one of these is.
    private static final int LESSON = 4;
    /// The shortest windows are looked at and learned from half as often.
    private static final int SHORTEST = 2;

    /// What most of the life showed counts until this share of the life has passed.
    private static final double TOLD_FOR = 0.25;
    /// A shorter life may be all warm-up.
    private static final double SHORT_LIFE_SECONDS = 4 * 3600;

    private static final double NEAR_THE_LIMIT = 0.85;
    /// A life shows what earlier ones did from this share of the last one's length on.
    private static final double MATURE = 0.3;

    private static final int BYTES = 4 + 4 + 2 * 8 + 5 * 4 + 1;

    private final DetectorOptions options;
    private final boolean lean;
    private final boolean patient;
    private final Blocks blocks;
    private final Memory memory;

    private int samples;
    private int looks;
    private double bornSeconds;
    /// Times from here on are seconds of age.
    private double now;
    private float lastValue = Float.NaN;
    private float lastLook;
    private float lastSeen;
    private float longest;
    private boolean called;
    /// Age at which most of this life was last seen to grow for sure and to go on; NaN if never.
    private float lastGrew = Float.NaN;
    private boolean loadKnown;

    Watch(DetectorOptions options) {
        this(options, new Blocks(), new Memory());
    }

    private Watch(DetectorOptions options, Blocks blocks, Memory memory) {
        this.options = options;
        this.lean = options.leansLow();
        this.patient = options.patience() > 0;
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
        to.putDouble(bornSeconds).putDouble(now);
        to.putFloat(lastSeen)
                .putFloat(lastValue)
                .putFloat(lastLook)
                .putFloat(longest)
                .putFloat(lastGrew);
        to.put((byte) ((called ? 1 : 0) | (loadKnown ? 2 : 0)));
    }

    static Watch read(DetectorOptions options, ByteBuffer from) {
        Watch watch = new Watch(options, Blocks.read(from), Memory.read(from));
        watch.samples = from.getInt();
        watch.looks = from.getInt();
        watch.bornSeconds = from.getDouble();
        watch.now = from.getDouble();
        watch.lastSeen = from.getFloat();
        watch.lastValue = from.getFloat();
        watch.lastLook = from.getFloat();
        watch.longest = from.getFloat();
        watch.lastGrew = from.getFloat();
        byte flags = from.get();
        watch.called = (flags & 1) != 0;
        watch.loadKnown = (flags & 2) != 0;
        return watch;
    }

    DetectorOptions options() {
        return options;
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

    /// The data changed its shape; the process stayed. What was before and what comes after are not one growth, and
    /// what earlier lives reached says nothing any more; noise and load stay known.
    void migrate() {
        beginPast();
        memory.forgetLives();
        memory.course.interrupt();
    }

    private void beginPast() {
        lastGrew = Float.NaN;
        blocks.clear();
        samples = 0;
        called = false;
    }

    void restart(double seconds, boolean deployed, boolean provenWell, double limit) {
        boolean died = called && lastValue > NEAR_THE_LIMIT * limit;
        boolean suspect = called && deployed;
        boolean grew = !provenWell && now > SHORT_LIFE_SECONDS && (called || now - lastGrew <= TOLD_FOR * now);
        double worth = options.worthMentioning(limit, lastValue);
        memory.restart(now, worth, !provenWell && (died || suspect || grew), provenWell, deployed);
        memory.grewToTheEnd(grew);
        beginLife(seconds);
    }

    /// From now on another process is watched, which began at a time.
    void succeed(double seconds, boolean well) {
        memory.restart(now, Double.MAX_VALUE, !well, well, true);
        memory.grewToTheEnd(false);
        beginLife(seconds);
    }

    private void beginLife(double seconds) {
        beginPast();
        looks = 0;
        lastLook = 0;
        lastSeen = 0;
        bornSeconds = seconds;
        now = 0;
        memory.course.interrupt();
    }

    void sample(
            double seconds,
            double value,
            double shortLoad,
            double longLoad,
            double limit,
            boolean load,
            Workbench bench) {
        if (load != loadKnown) {
            loadKnown = load;
            memory.forgetLoad();
        }
        double age = seconds - bornSeconds;
        if (blocks.isOver(age)) {
            blocks.close(patient, bench);
            if (!load) {
                memory.course.learn(bornSeconds + now, now, lastValue);
            }
            if (now >= lastLook * (1 + 1 / (patient ? LOOKS_PER_AGE : LOOKS_PER_AGE_AT_ONCE))) {
                looks++;
                memory.live(now, lastValue, lastLoad(shortLoad));
                look(limit, bench);
                lastLook = (float) now;
            } else if (patient && !called) {
                glance(limit, age, bench);
            }
        }
        if (load) {
            blocks.fold(age, value, shortLoad, longLoad, lean);
        } else {
            blocks.fold(age, value, memory.course.day(seconds), memory.course.week(seconds), lean);
        }
        samples += samples < Integer.MAX_VALUE ? 1 : 0;
        lastValue = (float) value;
        now = age;
    }

    /// The load at the newest sample, or what the clock says instead.
    private double lastLoad(double shortLoad) {
        return loadKnown ? shortLoad : memory.course.day(bornSeconds + now);
    }

    /// What lives in a row gained too much in all, where restarts hide a leak; 0 elsewhere.
    double hidden() {
        return memory.restartsHideALeak() ? memory.excess() : 0;
    }

    /// All windows as they stand now, short to long.
    List<Finding> findings(double limit, Workbench bench) {
        return judge(limit, bench).findings(blocks);
    }

    /// The smallest growth per second that could have been called a leak by now; infinite where no window is long
    /// enough.
    double smallestVisible(double limit, Workbench bench) {
        Judge judge = judge(limit, bench);
        judge.findings(blocks);
        return judge.smallestVisible();
    }

    private Judge judge(double limit, Workbench bench) {
        return new Judge(options, memory, new Judge.Setting(limit, looks, loadKnown, bornSeconds), bench);
    }

    private void look(double limit, Workbench bench) {
        Judge judge = judge(limit, bench);
        bench.reach.clear();
        int over = Blocks.highestOver(lastLook, now);
        boolean seen = false;
        for (int row = 0; row < Blocks.RETAINED; row++) {
            int level = blocks.base() + row;
            int border = row < SHORTEST ? level + 1 : level;
            if (border <= over) {
                note(row, judge.look(blocks, level, now, depth(over - border)));
            }
            seen |= !Float.isNaN(blocks.mark(row));
        }
        if (memory.restartsHideALeak() && now > MATURE * memory.lastLifeSeconds()) {
            called = true;
            longest = (float) now;
            seen = true;
        }
        if (seen) {
            lastSeen = (float) now;
        } else if (now - lastSeen > Math.max(LEAST_CALM_SECONDS, CALM * longest)) {
            called = false;
        }
    }

    /// Between two looks, which lie hours apart in a life of weeks: windows so short that a leak which one look
    /// shows would have been seen for long enough before the next one. There are many glances, so that only a
    /// glaring leak counts.
    ///
    /// @param next age at the sample that begins another block
    private void glance(double limit, double next, Workbench bench) {
        int over = Blocks.highestOver(now, next);
        Judge judge = judge(limit, bench);
        bench.reach.clear();
        for (int row = 0; row < Blocks.RETAINED; row++) {
            int level = blocks.base() + row;
            double toBeSeenFor = PERSISTENCE * CELLS * Blocks.width(level);
            if (level > over || toBeSeenFor > now / LOOKS_PER_AGE) {
                return;
            }
            if (judge.look(blocks, level, now, Judge.Depth.LEAK) instanceof Judge.Leak(Finding finding)
                    && judge.isGlaring(finding)) {
                seen(row, finding);
                lastSeen = (float) now;
            }
        }
    }

    private static Judge.Depth depth(int levelsAbove) {
        if (levelsAbove >= LESSON) {
            return Judge.Depth.LESSON;
        }
        return levelsAbove >= LIFE ? Judge.Depth.LIFE : Judge.Depth.LEAK;
    }

    private void note(int row, Judge.Look look) {
        switch (look) {
            case Judge.Leak(Finding finding) -> seen(row, finding);
            case Judge.Early(Finding finding) -> {
                blocks.mark(row, Float.NaN);
                if (finding.seconds() > Judge.MOST_OF_LIFE * now) {
                    lastGrew = (float) now;
                }
            }
            case Judge.NoLeak() -> blocks.mark(row, Float.NaN);
        }
    }

    /// The window of a row shows a leak, which is called once it did so for long enough.
    private void seen(int row, Finding finding) {
        if (Float.isNaN(blocks.mark(row))) {
            blocks.mark(row, (float) now);
        }
        double persistence = memory.knowsEarlierLives() ? PERSISTENCE : PERSISTENCE_IF_NEW;
        if (now - blocks.mark(row) >= persistence * finding.seconds()) {
            called = true;
            longest = (float) finding.seconds();
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
