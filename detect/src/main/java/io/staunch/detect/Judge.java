package io.staunch.detect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at the past of a series through windows that double in length and says what each shows. A growth is
/// called a leak if it is sure (an e-value), worth mentioning, goes on to the end of the window, is not one step,
/// is more than was seen to come back, is not what earlier lives of the target did, and was watched for long
/// enough against what is left.
final class Judge {
    static final int FEWEST_POINTS = 6;
    /// A false alarm in a hundred lives, spread over the looks.
    private static final double BUDGET = 0.01;
    private static final double SPREAD = 0.3;
    /// Where no limit is known, this share of where a growth began is taken for the room that is left.
    private static final double WITHOUT_LIMIT = 0.7;
    /// A growth whose newer half gains less than this share of what the older one did is slackening.
    private static final double SLACKENS = 0.75;
    private static final double UNHEARD_OF_GROWTH = Double.MAX_VALUE;
    /// A growth that is just sure is found with this much more evidence than needed, as often as not with less.
    private static final double SPARE = 1.3;
    /// This share of a growth must lead beyond what earlier lives reached.
    private static final double NEW_SHARE = 0.3;
    /// This share of it must be more than earlier lives gained at about that uptime.
    private static final double UNEXPLAINED = 0.35;
    /// The newer half of an even growth gains at least this share of what the older one did.
    private static final double EVEN = 0.85;

    /// A glaring leak has this many times the evidence that is needed, and gained this many times what was ever
    /// undone.
    private static final double GLARING = 2;

    private static final double REACHED = 0.98;
    private static final double SUSPICIOUS = 2.0;
    private static final double HALF = 0.5;
    private static final double ALIKE = 1.5;
    /// A growth that is longer than this many times the settling is no swing of a day.
    private static final double OVER_DAYS = 0.8;
    /// Above this share of the limit, what earlier lives did is no excuse.
    private static final double AT_THE_END = 0.93;
    /// The load's effect counts from this ratio of what it explains to what is left over.
    private static final double CLEAR_LOAD = 10;

    /// Where nothing but the load is known, a jump or climb need not explain a growth as clearly as [Shape#CLEARLY];
    /// where that is not known either, growth must stand out by far more.
    static final double STEP_IF_NEW = 0.65;

    /// A window of this share of the life tells whether the life grew.
    static final double MOST_OF_LIFE = 0.6;
    /// The growth at the end of a window is at most this many times what its points differ by.
    private static final double MOST_STEEPER = 3;

    private static final double LEARNS_LOAD_SECONDS = 30 * 3600;

    /// How much a look is to find out.
    enum Depth {
        /// Whether there is a leak.
        LEAK,
        /// Also whether most of the life grew.
        LIFE,
        /// Also how the series fluctuates: teaches the memory.
        LESSON
    }

    /// The outcome of one look.
    sealed interface Look {}

    record Leak(Finding finding) implements Look {}

    /// A growth that is no leak only because it was not watched for long enough.
    record Early(Finding finding) implements Look {}

    record NoLeak() implements Look {}

    private static final NoLeak NO_LEAK = new NoLeak();

    private final DetectorOptions options;
    private final Memory memory;
    private final Setting setting;
    private final double limit;
    private final Patience patience;
    private final Workbench bench;
    private Window window;
    private final Window part;
    private double smallestVisible = Double.POSITIVE_INFINITY;
    private final Trend trend;
    private final double[] adjusted;

    /// What a life is judged in.
    ///
    /// @param limit       NaN if none is known
    /// @param looks       taken in this life so far
    /// @param loadKnown   whether a load series is at hand
    /// @param bornSeconds when the life began
    record Setting(double limit, int looks, boolean loadKnown, double bornSeconds) {}

    Judge(DetectorOptions options, Memory memory, Setting setting, Workbench bench) {
        this.options = options;
        this.memory = memory;
        this.setting = setting;
        limit = setting.limit();
        patience = new Patience(options, memory, setting.loadKnown());
        this.bench = bench;
        window = bench.window;
        part = bench.part;
        trend = bench.trend;
        adjusted = bench.adjusted;
    }

    /// Evidence that is needed: the budget for false alarms, spread over the looks that have been taken.
    static double logThreshold(long looks) {
        return -Math.log(BUDGET) + SPREAD * Math.log1p(looks / 8.0);
    }

    /// Growth over a window that is worth mentioning.
    double worthMentioning(double level) {
        return options.worthMentioning(limit, level);
    }

    /// All windows, short to long, as they stand.
    List<Finding> findings(Blocks blocks) {
        List<Finding> findings = new ArrayList<>();
        double lastSpan = -1;
        int lastSize = -1;
        for (int level = blocks.base(); level < blocks.base() + Blocks.RETAINED; level++) {
            take(blocks, level);
            if (window.size == lastSize && window.span() == lastSpan) {
                continue;
            }
            lastSize = window.size;
            lastSpan = window.span();
            Finding finding = finding(level);
            if (finding != null) {
                findings.add(finding);
                smallestVisible = Math.min(smallestVisible, visibleSlope(level, finding));
            }
        }
        return findings;
    }

    /// The smallest slope that one of the windows of [#findings] could have shown as a leak, if it had gone
    /// on through all of that window.
    double smallestVisible() {
        return smallestVisible;
    }

    /// What passes size, evidence, the swings of the series and patience.
    private double visibleSlope(int level, Finding finding) {
        double span = finding.seconds();
        double freedom = Math.max(2, finding.points() - 2);
        double need = 2 * logThreshold(setting.looks()) / (freedom + 1);
        double sure = Math.sqrt(freedom * Math.expm1(Math.min(30, need * SPARE))) * finding.standardError();
        double growth = Math.max(worthMentioning(finding.level()), patience.swings(level, span, false));
        double slope = Math.max(sure, growth / span);
        double room = Math.max(0, roomFrom(finding.level(), finding.growth()));
        double brave = Math.max(slope, patience.share(finding.startSeconds(), span, UNHEARD_OF_GROWTH) * room / span);
        return patience.isUnheardOf(finding.startSeconds(), brave * span)
                ? brave
                : Math.max(slope, patience.share(finding.startSeconds(), span, 0) * room / span);
    }

    /// One window, with as little work as it takes.
    Look look(Blocks blocks, int level, double now, Depth depth) {
        boolean learn = depth == Depth.LESSON;
        if (!learn && !mayBeSeen(blocks, level, now, depth == Depth.LIFE)) {
            return NO_LEAK;
        }
        take(blocks, level);
        if (window.size < FEWEST_POINTS) {
            return NO_LEAK;
        }
        boolean grows = mayGrow();
        if (!grows && !learn) {
            return NO_LEAK;
        }
        int terms = season(level);
        if (learn) {
            learn(level, terms);
        }
        Finding finding = grows ? finding(level, terms) : null;
        if (finding == null) {
            return NO_LEAK;
        }
        if (finding.kind() == Finding.Kind.EARLY || finding.kind() == Finding.Kind.CARRIES_ON) {
            return new Early(finding);
        }
        boolean leak = finding.kind() == Finding.Kind.LEAK
                && isNewHigh(blocks, level, finding)
                && !finding.contradictedBy(parts(blocks, level));
        return leak ? new Leak(finding) : NO_LEAK;
    }

    /// Far more sure than it must be, and more than all that earlier lives gained and all that was undone.
    boolean isGlaring(Finding finding) {
        return finding.logEvidence() > GLARING * logThreshold(setting.looks())
                && patience.isUnheardOf(finding.startSeconds(), finding.growth())
                && finding.growth() > Math.max(memory.range(), GLARING * memory.undone(0));
    }

    private void take(Blocks blocks, int level) {
        blocks.window(level, window, bench);
        if (options.leansLow()) {
            window.preferCalmerFloor(level);
        }
    }

    /// A brief growth must lead higher than the series stood before, or it is a swing like others.
    private boolean isNewHigh(Blocks blocks, int level, Finding finding) {
        if (options.patience() == 0 || finding.seconds() > settling()) {
            return true;
        }
        double now = plain(window.size - 1);
        Window whole = window;
        window = part;
        take(blocks, Math.min(level + 3, blocks.base() + Blocks.RETAINED - 1));
        boolean higher = true;
        for (int i = 0; i < window.size && window.time[i] < finding.startSeconds(); i++) {
            higher &= plain(i) < now;
        }
        window = whole;
        return higher;
    }

    private List<Finding> parts(Blocks blocks, int level) {
        Window whole = window;
        window = part;
        List<Finding> parts = new ArrayList<>(3);
        for (int finer = Math.max(blocks.base(), level - 3); finer < level; finer++) {
            take(blocks, finer);
            Finding finding = finding(finer);
            if (finding != null) {
                parts.add(finding);
            }
        }
        window = whole;
        return parts;
    }

    private @Nullable Finding finding(int level) {
        return window.size < FEWEST_POINTS ? null : finding(level, season(level));
    }

    private int season(int level) {
        boolean told = setting.loadKnown() || memory.course.isKnown(setting.bornSeconds() + window.time[0]);
        return told ? 0 : Season.remove(window, level);
    }

    private @Nullable Finding finding(int level, int terms) {
        return trend.fit(window, memory, level, terms) ? judge(level) : null;
    }

    /// Whether the window holds a growth that is worth mentioning and could have been watched for long
    /// enough. Cheap: the window is not needed.
    ///
    /// @param life whether a growth over most of the life counts that was not watched for long enough
    private boolean mayBeSeen(Blocks blocks, int level, double now, boolean life) {
        double range = bench.reach.of(blocks, level, memory, options.leansLow());
        double reference = blocks.newest();
        if (range < 0.6 * worthMentioning(reference)) {
            return false;
        }
        double span = now - blocks.begin(level);
        return (life && span > MOST_OF_LIFE * now)
                || MOST_STEEPER * range > patience.least(span) * roomFrom(reference, range);
    }

    /// What is left above a level that was reached by a growth.
    private double roomFrom(double level, double growth) {
        if (!Double.isNaN(limit)) {
            return limit - level;
        }
        return WITHOUT_LIMIT * Math.max(Math.abs(level - growth), Math.abs(level) / 2);
    }

    /// The slope that is counted on: what slackens is not extrapolated in full.
    private static double pace(double slope, double head, double tail) {
        return tail < SLACKENS * head && tail > 0 ? Math.min(slope, tail) * tail / head : Math.max(slope, tail);
    }

    /// A cheap look at the last third against the first.
    private boolean mayGrow() {
        return plainGain() > 0.9 * worthMentioning(window.value[window.size - 1]);
    }

    /// The value without what the load is known to add.
    private double plain(int i) {
        return window.value[i] - memory.loadPart(window.loadShort[i], window.loadLong[i]);
    }

    /// Teaches the memory how the window fluctuates and, if it does not clearly grow, what noise and load do.
    private void learn(int level, int terms) {
        if (!trend.fit(window, memory, level, terms)) {
            return;
        }
        adjust();
        memory.learnUndone(level, bench.shape.undone(adjusted, window.size));
        if (trend.logEvidence > 3 || window.size < 10) {
            return;
        }
        memory.learn(level, trend.variance, trend.likeliestMemory);
        if (trend.loadInformation[0] > 0 && window.span() > LEARNS_LOAD_SECONDS && window.size >= 16) {
            memory.learnLoad(trend.loadEffect, trend.loadInformation, trend.variance, trend.loadStrength > CLEAR_LOAD);
        }
    }

    private void adjust() {
        int n = window.size;
        for (int i = 0; i < n; i++) {
            adjusted[i] = window.value[i]
                    - trend.loadEffect[0] * (window.loadShort[i] - window.loadShort[n - 1])
                    - trend.loadEffect[1] * (window.loadLong[i] - window.loadLong[n - 1]);
        }
    }

    private Finding judge(int level) {
        int n = window.size;
        adjust();
        double span = window.span();
        double growth = trend.slope * span;
        double head = bench.shape.theilSen(window.time, adjusted, 0, n / 2 + 1);
        double tail = bench.shape.theilSen(window.time, adjusted, n / 2, n);
        return new Finding(
                kind(growth, span, level, head, tail),
                window.time[0],
                span,
                n,
                trend.slope,
                trend.standardError,
                trend.logEvidence,
                growth,
                rise(),
                adjusted[n - 1],
                bench.shape.undone(adjusted, n),
                Outlook.slopeNow(trend.slope, head, tail),
                Outlook.secondsLeft(room(level, adjusted[n - 1]), trend.slope, head, tail, span));
    }

    /// What is left until the limit for the floor: the usual swings above it reach the limit before it does.
    private double room(int level, double now) {
        return Math.max(0.1 * (limit - now), REACHED * limit - now - 0.5 * memory.undone(Math.max(0, level - 6)));
    }

    private Finding.Kind kind(double growth, double span, int level, double head, double tail) {
        int n = window.size;
        double worth = worthMentioning(adjusted[n - 1]);
        boolean faint = trend.slope <= SUSPICIOUS * trend.standardError;
        if (faint || growth < worth) {
            if (followsLoad(span, worth)) {
                return Finding.Kind.FOLLOWS_LOAD;
            }
            return faint ? Finding.Kind.NONE : Finding.Kind.SMALL;
        }
        if (options.patience() > 0) {
            double sober = Math.min(growth, plainGain());
            if (sober < Math.max(worth, 0.4 * growth)) {
                return Finding.Kind.BY_LOAD_ALONE;
            }
            if (isExpected(sober, span, worth)) {
                return Finding.Kind.EXPECTED;
            }
        } else if (memory.knowsEarlierLives() && fillsAsBefore(growth, span)) {
            return Finding.Kind.EXPECTED;
        }
        boolean sureOverDays = span > OVER_DAYS * settling() && trend.logEvidence > 2 * logThreshold(setting.looks());
        if (growth < patience.swings(level, span, sureOverDays)) {
            return Finding.Kind.SWINGS;
        }
        return switch (shape(span)) {
            case COMES_BACK -> Finding.Kind.SWINGS;
            case STEP -> Finding.Kind.STEP;
            case FLAT_NOW -> Finding.Kind.FLAT;
            case SLOWS_DOWN -> Finding.Kind.SLOWS;
            case GOES_ON -> {
                if (options.noise() == DetectorOptions.Noise.LOADED && tail < EVEN * head) {
                    yield Finding.Kind.SLOWS;
                }
                if (trend.logEvidence < logThreshold(setting.looks())) {
                    yield Finding.Kind.UNSURE;
                }
                double left = roomFrom(adjusted[n - 1], growth) / pace(trend.slope, head, tail);
                if (span >= patience.share(window.time[0], span, growth) * left) {
                    yield Finding.Kind.LEAK;
                }
                yield carriesOn(growth, span) ? Finding.Kind.CARRIES_ON : Finding.Kind.EARLY;
            }
        };
    }

    private Shape.Kind shape(double span) {
        boolean patient = options.patience() > 0;
        boolean onlyLoadKnown = patient && setting.loadKnown() && !memory.knowsEarlierLives();
        double step = onlyLoadKnown ? STEP_IF_NEW : Shape.CLEARLY;
        return bench.shape.of(window.time, adjusted, window.size, patient && span < settling() / 2, step);
    }

    /// Whether the values rise, the load's effect is clear, and what it leaves over is surely less than half of the
    /// rise: where load and time rise alike, that is not sure.
    private boolean followsLoad(double span, double worth) {
        double rise = rise();
        double leftOver = (trend.slope + SUSPICIOUS * trend.standardError) * span;
        return setting.loadKnown() && rise > worth && leftOver < HALF * rise && trend.loadStrength > CLEAR_LOAD;
    }

    private boolean isExpected(double growth, double span, double worth) {
        int n = window.size;
        double level = levelNow();
        if (level < memory.earlierTop() + Math.max(0.5 * worth, NEW_SHARE * growth)) {
            return true;
        }
        double uptime = window.time[0];
        double aboveAll = level - memory.earlierTop() - 0.5 * memory.range();
        double below = memory.earlierTop() - (level - growth);
        double expected = memory.expectedGrowth(uptime, uptime + span, below);
        double unexplained = Math.max(growth - expected, Math.min(growth, aboveAll));
        boolean atTheEnd = window.value[n - 1] > AT_THE_END * limit;
        return !atTheEnd && unexplained < Math.max(worth, UNEXPLAINED * growth);
    }

    /// Whether this life goes on from where earlier ones ended, at their pace.
    private boolean carriesOn(double growth, double span) {
        if (!memory.knowsEarlierLives()) {
            return false;
        }
        double uptime = window.time[0];
        double before = memory.gained(uptime, uptime + span);
        return levelNow() - growth > memory.earlierTop() - HALF * growth && growth < ALIKE * before;
    }

    /// Where the series stands, at the load of the first sample ever.
    private double levelNow() {
        double level = memory.loadPart(1, 1);
        for (int i = window.size - 3; i < window.size; i++) {
            level += plain(i) / 3;
        }
        return level;
    }

    /// For those who can't wait: up to a little more than earlier lives reached, and at their pace.
    private boolean fillsAsBefore(double growth, double span) {
        double level = levelNow();
        double uptime = window.time[0];
        double expected = memory.expectedGrowth(uptime, uptime + span, memory.earlierTop() - (level - growth));
        double highest = memory.earlierTop() + Math.max(NEW_SHARE * growth, NEW_SHARE * memory.range());
        return level < highest && growth - expected < HALF * growth;
    }

    /// What the points gain, as a line over the whole window would, without what the load was known to add before
    /// this window: what the window itself makes of the load is no help.
    private double plainGain() {
        return 1.5 * (third(true, false) - third(false, false));
    }

    /// What the values themselves gain, as a line over the whole window would.
    private double rise() {
        return 1.5 * (third(true, true) - third(false, true));
    }

    /// Mean of the last third of the points, or of the first.
    private double third(boolean last, boolean withLoad) {
        int count = window.size / 3;
        int from = last ? window.size - count : 0;
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += withLoad ? window.value[i] : plain(i);
        }
        return sum / count;
    }

    private double settling() {
        return options.settling().toSeconds();
    }
}
