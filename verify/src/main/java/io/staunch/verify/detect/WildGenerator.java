package io.staunch.verify.detect;

import java.util.Arrays;

/// Draws a service of a [WildShape] and how it is watched: unlike [Generator], nothing is the same for all of them.
/// The structure comes from one seed, the noise from another, so that an earlier life is alike without being the
/// same.
final class WildGenerator {
    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;
    private static final int[] SPACINGS = {10, 15, 30, 60, 60, 120, 300, 600};

    private final WildShape shape;
    private final boolean earlier;
    private final Draw structure;
    private final Draw noise;
    private final Traits traits;
    private final int spacing;
    private final int count;
    private final double length;
    private final double base;
    private final boolean loadShown;
    private final boolean limited;

    private final double[] load;
    private final double[] value;
    private final double[] limit;
    private final boolean[] restart;
    private final boolean[] deploy;

    private WildGenerator(WildShape shape, long seed, boolean earlier) {
        this.shape = shape;
        this.earlier = earlier;
        structure = new Draw(seed * 1_000_003 + shape.name().hashCode());
        noise = new Draw(seed * 7_000_003 + shape.name().hashCode() * 31L + (earlier ? 99 : 0));
        traits = new Traits(8, structure);
        boolean drill = shape.drill();
        spacing = drill ? 1 + structure.below(2) : SPACINGS[structure.below(SPACINGS.length)];
        length = drill ? structure.logBetween(300, 3600) : structure.logBetween(2.5, 21) * DAY;
        double before = structure.logBetween(1, 14) * DAY;
        count = (int) ((earlier && !drill ? before : length) / spacing);
        base = smallNumbers()
                ? structure.logBetween(20, 400)
                : percent() ? structure.between(25, 60) : structure.logBetween(5e7, 8e9);
        loadShown = !percent() && structure.chance(drill ? 0.2 : 0.5);
        limited = percent() || structure.chance(0.85);
        load = new double[count];
        value = new double[count];
        limit = new double[count];
        restart = new boolean[count];
        deploy = new boolean[count];
    }

    /// @param earlier an earlier life of the same service, seen from its start, without its leak
    static Recording draw(WildShape shape, long seed, boolean earlier) {
        return new WildGenerator(shape, seed, earlier).draw();
    }

    private Recording draw() {
        drawLoad();
        drawEvents();
        drawLevel();
        double[] sorted = value.clone();
        Arrays.sort(sorted);
        double peak = sorted[(int) (0.995 * count)];
        double full = percent() ? 100 : peak * structure.logBetween(1.15, 4);
        Arrays.fill(limit, full);
        raiseLimit();
        int onset = shape.leaks() && !earlier ? onset() : -1;
        int exhaustion = leak(onset, peak, full);
        observe();
        if (!limited) {
            Arrays.fill(limit, Double.NaN);
        }
        return new Recording(
                spacing, limit, value, loadShown ? load : new double[0], restart, deploy, onset, exhaustion);
    }

    private int onset() {
        boolean atOnce = shape == WildShape.LEAK_FROM_THE_FIRST_SAMPLE || shape.drill() || noise.chance(0.3);
        return atOnce ? 0 : (int) (noise.between(0.05, 0.35) * count);
    }

    private boolean smallNumbers() {
        return shape == WildShape.SMALL_COUNTS || shape == WildShape.LEAK_OF_SMALL_COUNTS;
    }

    private boolean percent() {
        return shape == WildShape.MACHINE_PERCENT || shape == WildShape.LEAK_IN_MACHINE_PERCENT;
    }

    /// The time of a value: an earlier life ends when the later one begins.
    private double clock(int i) {
        return (earlier && !shape.drill() ? i - count : i) * (double) spacing;
    }

    private void drawLoad() {
        boolean daily = structure.chance(0.5) || shape == WildShape.GROWING_TRAFFIC;
        double swing = daily ? structure.between(0.2, 0.7) : structure.between(0, 0.08);
        double weekend = structure.chance(0.5) ? structure.between(0.4, 0.8) : 1;
        double growth = shape == WildShape.GROWING_TRAFFIC ? structure.between(0.15, 0.5) : 0;
        double phase = structure.between(0, DAY);
        int firstDay = structure.below(7);
        double wander = structure.between(0.02, 0.08);
        double keep = Math.exp(-spacing / structure.logBetween(600, 7200));
        double unit = structure.logBetween(1, 5000);
        double state = 0;
        for (int i = 0; i < count; i++) {
            double t = clock(i);
            state = keep * state + wander * Math.sqrt(1 - keep * keep) * noise.normal();
            double angle = 2 * Math.PI * (t - phase) / DAY;
            double x = 1 + swing * Math.sin(angle) + 0.25 * swing * Math.sin(2 * angle + 1);
            x *= Math.floorMod((int) Math.floor(t / DAY) + firstDay, 7) >= 5 ? weekend : 1;
            x *= 1 + growth * i / count;
            if (shape == WildShape.DRILL_LOAD_STEP) {
                boolean on = t > traits.in(0, 0.1, 0.4) * length && t < traits.in(1, 0.6, 0.9) * length;
                x = on ? 1 : 0.3;
            }
            load[i] = Math.max(0.01, unit * x * (1 + state + 0.03 * noise.normal()));
        }
    }

    private void drawEvents() {
        if (shape == WildShape.LEAK_UNDER_DEPLOYS) {
            for (double t = traits.in(0, 1, 3) * DAY; t < count * (double) spacing; t += traits.in(1, 1, 3) * DAY) {
                begin((int) (t / spacing), true);
            }
        } else if (!shape.drill() && noise.chance(0.3)) {
            begin(noise.below(count), noise.chance(0.5));
        }
    }

    private void begin(int i, boolean another) {
        restart[i] = true;
        deploy[i] = another;
    }

    /// How the level behaves: what one unit of load adds and after what lag, memory and size of the noise, what a
    /// single value is off by, how it warms up, how often it spikes, and how old the life is when it is first seen.
    private record Habits(
            double perUnit,
            double lag,
            double keep,
            double size,
            double jitter,
            double warmSize,
            double warmTime,
            double spikes,
            double uptime) {}

    private Habits habits() {
        double perUnit = share() * base / mean();
        double lag = structure.logBetween(60, 7200);
        double keep = Math.exp(-spacing / structure.logBetween(60, 5 * HOUR));
        double size = structure.logBetween(0.001, 0.02) * base;
        double jitter = structure.logBetween(0.0005, 0.02) * base;
        double warmSize = structure.between(0.1, 0.5) * base;
        double warmTime = shape.drill() ? structure.between(5, 0.15 * length) : structure.logBetween(120, 3 * HOUR);
        double spikes = structure.logBetween(1e-5, 3e-4) * (structure.chance(0.5) ? spacing / 60.0 : 0);
        boolean cold = structure.chance(0.3) || earlier || shape.drill();
        double uptime = structure.logBetween(HOUR, 20 * DAY) * (cold ? 0 : 1);
        return new Habits(perUnit, lag, keep, size, jitter, warmSize, warmTime, spikes, uptime);
    }

    private void drawLevel() {
        Habits habits = habits();
        WildCourse course = new WildCourse(shape, traits, noise, spacing, length, base);
        double mean = mean();
        double uptime = habits.uptime();
        double state = habits.size() * noise.normal();
        double sessions = load[0];
        double spike = 0;
        int spikeLeft = 0;
        for (int i = 0; i < count; i++) {
            if (restart[i]) {
                uptime = 0;
                sessions = 0.1 * load[i];
                course.restart();
            }
            sessions += (load[i] - sessions) * Math.min(1, spacing / habits.lag());
            double fresh = Math.sqrt(1 - habits.keep() * habits.keep()) * noise.normal();
            state = habits.keep() * state + habits.size() * fresh;
            double v = base + habits.perUnit() * (sessions - mean);
            v -= habits.warmSize() * Math.exp(-uptime / habits.warmTime());
            v += course.at(i * (double) spacing, uptime, load[i] / mean);
            v += course.louder() * (state + habits.jitter() * Math.abs(noise.normal()));
            if (spikeLeft > 0) {
                spikeLeft--;
                v += spike;
            } else if (habits.spikes() > 0 && noise.chance(habits.spikes())) {
                spikeLeft = 1 + noise.below(1 + 300 / spacing);
                spike = noise.between(0.05, 0.2) * base;
            }
            uptime += spacing;
            value[i] = course.keep(v);
        }
    }

    private double mean() {
        return Arrays.stream(load).average().orElse(1);
    }

    /// How much of the level follows the load.
    private double share() {
        boolean strong = shape == WildShape.SMALL_COUNTS || shape == WildShape.GROWING_TRAFFIC;
        double weak = structure.logBetween(0.02, 0.5) * (structure.chance(0.3) ? 0 : 1);
        return strong ? structure.between(0.3, 0.7) : weak;
    }

    private void raiseLimit() {
        if (shape != WildShape.LIMIT_RAISED && shape != WildShape.LEAK_AND_LIMIT_RAISED) {
            return;
        }
        int at = (int) (traits.in(5, 0.3, 0.6) * count);
        for (int i = at; i < count; i++) {
            limit[i] *= traits.in(6, 1.3, 2);
            value[i] += shape == WildShape.LIMIT_RAISED
                    ? traits.in(4, 0, 0.4)
                            * base
                            * -Math.expm1(-(i - at) * (double) spacing / (traits.in(3, 0.2, 20) * HOUR))
                    : 0;
        }
    }

    /// Adds the leak, if there is one; the sample at which the limit is reached, −1 if it is not.
    private int leak(int onset, double peak, double full) {
        if (onset < 0) {
            return -1;
        }
        double mean = mean();
        double room = Math.max(0.15 * base, 0.98 * full - peak);
        double seen = (count - onset) * (double) spacing;
        double time = shape == WildShape.LEAK_OF_HOURS
                ? traits.in(7, 1, 8) * HOUR
                : shape.drill() ? traits.in(7, 0.4, 1) * seen : seen * traits.logIn(7, 0.12, 1.6);
        WildLeak leak = new WildLeak(shape, traits, noise, time, room);
        double best = 0;
        for (int i = onset; i < count; i++) {
            if (restart[i] && i > onset) {
                leak.restart();
            }
            double t = (i - onset) * (double) spacing;
            double leaked = leak.at(t, spacing, load[i] / mean, i * (double) spacing);
            value[i] += leaked;
            best = Math.max(best, leaked);
            if (value[i] >= 0.98 * limit[i] && leaked > 0.1 * room) {
                for (int k = i + 1; k < count; k++) {
                    value[k] = Double.NaN;
                }
                value[i] = 0.98 * limit[i];
                return i;
            }
        }
        return -1;
    }

    /// Rounding, missing samples and gaps.
    private void observe() {
        double step =
                smallNumbers() ? 1 : percent() ? (traits.get(0) < 0.5 ? 1 : 0.01) : structure.chance(0.2) ? 1 << 20 : 0;
        int gap = noise.chance(0.4) ? noise.below(count) : count;
        int gapEnd = gap + (int) (noise.between(0.002, 0.03) * count);
        double lost = structure.chance(0.5) ? 0 : 0.02;
        for (int i = 0; i < count; i++) {
            double v = Math.max(0, Math.min(value[i], limited ? limit[i] : value[i]));
            v = step > 0 ? step * Math.rint(v / step) : v;
            value[i] = Double.isNaN(value[i]) || noise.chance(lost) || (i >= gap && i < gapEnd) ? Double.NaN : v;
        }
    }
}
