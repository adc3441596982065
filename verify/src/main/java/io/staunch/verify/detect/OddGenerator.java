package io.staunch.verify.detect;

import java.util.Arrays;

/// Draws a service of an [OddShape]: structure from one seed, noise from another, so that an earlier life is alike
/// without being the same. Times are in seconds.
final class OddGenerator {
    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;
    private static final int[] SPACINGS = {30, 60, 60, 60, 120, 300};

    private final OddShape shape;
    private final boolean earlier;
    private final Draw structure;
    private final Draw noise;
    private final Traits traits;
    private final int spacing;
    private final int count;
    private final double base;
    private final double weekend;
    private final int firstDay;
    private final boolean loadShown;
    private final double[] load;
    private final double[] value;
    private final boolean[] restart;
    private final boolean[] deploy;

    private OddGenerator(OddShape shape, long seed, boolean earlier) {
        this.shape = shape;
        this.earlier = earlier;
        structure = new Draw(seed * 1_000_033 + shape.name().hashCode());
        noise = new Draw(seed * 7_000_033 + shape.name().hashCode() * 31L + (earlier ? 99 : 0));
        traits = new Traits(6, structure);
        spacing = SPACINGS[structure.below(SPACINGS.length)];
        double days = structure.between(7, 18);
        double before = structure.between(5, 16);
        count = (int) ((earlier ? before : days) * DAY / spacing);
        base = structure.logBetween(100, 1e9);
        weekend = week() ? structure.between(0.3, 0.7) : structure.between(0.5, 1);
        firstDay = structure.below(7);
        loadShown = structure.chance(0.7) && !week() && shape != OddShape.LEAK_BY_SOME_REQUESTS;
        load = new double[count];
        value = new double[count];
        restart = new boolean[count];
        deploy = new boolean[count];
    }

    /// @param earlier an earlier life of the same service, seen from its start, without its leak
    static Recording draw(OddShape shape, long seed, boolean earlier) {
        return new OddGenerator(shape, seed, earlier).draw();
    }

    private Recording draw() {
        drawLoad();
        drawRestarts();
        drawLevel();
        double[] sorted = value.clone();
        Arrays.sort(sorted);
        double peak = sorted[(int) (0.998 * count)];
        double limit = raw() ? traits.in(5, 1.02, 1.5) * peak : peak * structure.logBetween(1.15, 3);
        int onset = -1;
        if (shape.leaks() && !earlier) {
            onset = shape == OddShape.LEAK_LATE
                    ? (int) (noise.between(0.5, 0.8) * count)
                    : noise.chance(0.4) ? 0 : (int) (noise.between(0.02, 0.3) * count);
        }
        int exhaustion = leak(onset, peak, limit);
        observe(limit);
        double[] limits = new double[count];
        Arrays.fill(limits, limit);
        return new Recording(
                spacing, limits, value, loadShown ? load : new double[0], restart, deploy, onset, exhaustion);
    }

    private boolean week() {
        return shape == OddShape.WORKING_WEEK || shape == OddShape.LEAK_IN_WORKING_WEEK;
    }

    private boolean raw() {
        return shape == OddShape.RAW_AT_A_MARK || shape == OddShape.LEAK_RAW_AT_A_MARK;
    }

    /// The time of a value: an earlier life ends when the later one begins.
    private double clock(int i) {
        return (earlier ? i - count : i) * (double) spacing;
    }

    private void drawLoad() {
        double swing = structure.chance(0.6) ? structure.between(0.2, 0.6) : structure.between(0, 0.1);
        double growth = shape == OddShape.LRU_UNDER_GROWING_TRAFFIC ? structure.between(0.2, 0.8) : 0;
        double phase = structure.between(0, DAY);
        double wander = structure.between(0.02, 0.08);
        double keep = Math.exp(-spacing / structure.logBetween(600, 7200));
        double pause = noise.between(0.2, 0.5) * count;
        double state = 0;
        for (int i = 0; i < count; i++) {
            double t = clock(i);
            state = keep * state + wander * Math.sqrt(1 - keep * keep) * noise.normal();
            double angle = 2 * Math.PI * (t - phase) / DAY;
            double x = 1 + swing * Math.sin(angle) + 0.3 * swing * Math.sin(2 * angle + 1);
            x *= atWeekend(t) ? weekend : 1;
            x *= 1 + growth * i / count;
            double since = (i - pause) * spacing;
            boolean half = shape == OddShape.FAILOVER && since > 0 && since < traits.in(0, 0.5, 3) * DAY;
            boolean off = shape == OddShape.LEAK_AND_PAUSE && since > 0 && since < traits.in(0, 1, 2) * DAY;
            x *= half ? traits.in(1, 1.5, 2) : off ? 0.05 : 1;
            load[i] = Math.max(0.01, 50 * x * (1 + state + 0.03 * noise.normal()));
        }
    }

    private boolean atWeekend(double t) {
        return Math.floorMod((int) Math.floor(t / DAY) + firstDay, 7) >= 5;
    }

    private void drawRestarts() {
        double apart = switch (shape) {
            case CACHE_OF_EVERY_DAY -> 24;
            case LEAK_UNDER_RESTARTS -> traits.in(0, 6, 48);
            default -> 0;
        };
        if (apart > 0) {
            double spread = shape == OddShape.CACHE_OF_EVERY_DAY ? 0.01 : 0.3;
            for (double t = apart * HOUR; t < count * (double) spacing; ) {
                restart[(int) (t / spacing)] = true;
                t += apart * HOUR * noise.between(1 - spread, 1 + spread);
            }
        } else if (noise.chance(0.3)) {
            int at = noise.below(count);
            restart[at] = true;
            deploy[at] = noise.chance(0.5);
        }
    }

    private void drawLevel() {
        double perUnit = (week() ? structure.between(0.3, 0.7) : structure.between(0.02, 0.4)) * base / 50;
        double lag = structure.logBetween(300, 7200);
        double keep = Math.exp(-spacing / structure.logBetween(300, 2 * HOUR));
        double size = structure.logBetween(0.002, 0.015) * base;
        double jitter = structure.logBetween(0.001, 0.01) * base;
        double warmSize = structure.between(0.1, 0.4) * base;
        double warmTime = structure.logBetween(300, HOUR);
        boolean cold = earlier || structure.chance(0.3) || fills();
        double uptime = cold ? 0 : structure.logBetween(HOUR, 10 * DAY);
        OddCourse course = new OddCourse(shape, traits, noise, spacing, count * (double) spacing);
        double state = size * noise.normal();
        double sessions = load[0];
        for (int i = 0; i < count; i++) {
            if (restart[i]) {
                uptime = 0;
                sessions = 0.1 * load[i];
                course.restart();
            }
            sessions += (load[i] - sessions) * Math.min(1, spacing / lag);
            state = keep * state + size * Math.sqrt(1 - keep * keep) * noise.normal();
            double v = base + perUnit * (sessions - 50) - warmSize * Math.exp(-uptime / warmTime);
            v += base * course.at(i * (double) spacing, uptime, load[i] / 50);
            v += state + jitter * Math.abs(noise.normal());
            v += noise.chance(1e-5 * spacing) ? noise.between(0.05, 0.2) * base : 0;
            uptime += spacing;
            value[i] = v;
        }
    }

    private boolean fills() {
        return switch (shape) {
            case LRU_UNDER_GROWING_TRAFFIC, TENANTS_ON_DEMAND, COMMITTED_IN_STEPS, FRAGMENTATION, LEAK_BESIDE_A_CACHE ->
                true;
            default -> false;
        };
    }

    /// Adds the leak, if there is one; the sample at which the limit is reached, −1 if it is not.
    private int leak(int onset, double peak, double limit) {
        if (onset < 0) {
            return -1;
        }
        double room = Math.max(0.12 * base, 0.98 * limit - peak);
        double time = (count - onset) * (double) spacing * traits.logIn(4, 0.1, 1.2);
        OddLeak leak = new OddLeak(shape, traits, noise, time, room);
        for (int i = onset; i < count; i++) {
            if (restart[i] && i > onset) {
                leak.restart();
            }
            double leaked = leak.at((i - onset) * (double) spacing, spacing, load[i] / 50, atWeekend(i * spacing));
            value[i] += leaked;
            if (value[i] >= 0.98 * limit && leaked > 0.1 * room) {
                value[i] = 0.98 * limit;
                Arrays.fill(value, i + 1, count, Double.NaN);
                return i;
            }
        }
        return -1;
    }

    /// Rounding, missing samples and gaps.
    private void observe(double limit) {
        double step = shape == OddShape.LEAK_IN_PERCENT ? limit / 100 : 0;
        double until = 0;
        for (int i = 0; i < count; i++) {
            double t = i * (double) spacing;
            if (shape == OddShape.LEAK_SEEN_AT_TIMES && noise.chance(spacing / (8 * HOUR))) {
                until = Math.max(until, t + noise.logBetween(600, 12 * HOUR));
            }
            double v = Math.min(value[i], limit);
            v = step > 0 ? step * Math.rint(v / step) : v;
            value[i] = noise.chance(0.01) || t < until ? Double.NaN : v;
        }
    }
}
