package io.staunch.verify.detect;

/// What an [OddShape] adds to a level of one, leak aside. Times are in seconds.
final class OddCourse {
    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;

    private final OddShape shape;
    private final double[] extra;
    private final Draw noise;
    private final double spacing;
    private final double length;
    private final double phase;
    private final double second;
    private double filled;
    private double kept;
    private double until = -1;

    OddCourse(OddShape shape, double[] extra, Draw noise, double spacing, double length) {
        this.shape = shape;
        this.extra = extra;
        this.noise = noise;
        this.spacing = spacing;
        this.length = length;
        phase = noise.between(0, 1);
        second = noise.between(0, 1);
    }

    void restart() {
        filled = 0;
        kept = 0;
    }

    private double in(int which, double low, double high) {
        return low + (high - low) * extra[which];
    }

    private double logIn(int which, double low, double high) {
        return low * Math.pow(high / low, extra[which]);
    }

    double at(double t, double uptime, double load) {
        return switch (shape) {
            case LRU_UNDER_GROWING_TRAFFIC -> fill(in(0, 0.2, 1.2), logIn(1, 6 * HOUR, 4 * DAY), load);
            case CACHE_OF_EVERY_DAY -> fill(in(0, 0.1, 0.8), in(1, 4, 40) * HOUR, load);
            case LEAK_BESIDE_A_CACHE -> fill(in(0, 0.1, 0.6), logIn(1, 4 * HOUR, 2 * DAY), load);
            case PAGE_CACHE_STEPS -> pages();
            case STICKY_BATCHES, LEAK_UNDER_STICKY_BATCHES -> sticky(t);
            case BREATHING, LEAK_UNDER_BREATHING -> breathe(t);
            case RAW_AT_A_MARK, LEAK_RAW_AT_A_MARK -> teeth(load);
            case DATA_LIKE_A_LOGARITHM -> in(0, 0.03, 0.12) * Math.log1p((t + in(1, 0.1, 20) * DAY) / DAY);
            case TENANTS_ON_DEMAND -> tenants(uptime);
            case COMMITTED_IN_STEPS -> steps();
            case FRAGMENTATION ->
                in(0, 0.1, 0.6) * (1 - Math.pow(1 + uptime / (logIn(1, 0.1, 2) * DAY), -in(2, 0.7, 2)));
            case MONTH_END -> {
                double into = (t - (0.2 + 0.4 * phase) * length) / (in(0, 1, 3) * DAY);
                yield into > 0 && into < 1 ? in(1, 0.1, 0.5) * Math.min(1, into / in(2, 0.1, 1)) : 0;
            }
            default -> 0;
        };
    }

    private double fill(double full, double time, double load) {
        double left = extra[3] < 0.5 ? 1 : Math.max(0, 1 - filled / full);
        filled = Math.min(full, filled + full * spacing / time * load * left);
        return filled;
    }

    private double pages() {
        if (noise.chance(spacing / (in(0, 2, 16) * HOUR))) {
            filled += in(1, 0.02, 0.15) * noise.between(0.3, 1.5);
        }
        filled *= filled > in(2, 0.3, 0.9) ? noise.between(0.1, 0.8) : 1;
        return filled;
    }

    private double sticky(double t) {
        double into = (t + phase * 6 * HOUR) % (in(0, 6, 24) * HOUR);
        boolean runs = into < in(1, 0.2, 2) * HOUR;
        if (!runs) {
            until = -1;
            kept *= 1 - 2e-7 * spacing;
            return kept;
        }
        if (until < 0) {
            until = in(2, 0.1, 0.4) * noise.between(0.7, 1);
        }
        kept = Math.max(kept, 0.8 * until);
        return Math.max(until, kept);
    }

    private double breathe(double t) {
        double first = Math.sin(2 * Math.PI * (t / (in(0, 1.5, 5) * DAY) + phase));
        double other = Math.sin(2 * Math.PI * (t / (in(1, 0.4, 1.4) * DAY) + second));
        return in(2, 0.03, 0.12) * first + in(3, 0.01, 0.05) * other;
    }

    /// Young garbage fills the heap to a mark; a collection leaves what was promoted, a full one every now and then
    /// hardly anything of it.
    private double teeth(double load) {
        filled += spacing / logIn(0, 200, 2 * HOUR) * load;
        if (filled + kept > 1) {
            kept += in(1, 0.005, 0.06) * noise.between(0.5, 1.5);
            filled = 0;
        }
        if (kept > in(2, 0.3, 0.7)) {
            kept = noise.between(0, 0.05);
        }
        return in(3, 0.5, 3) * (filled + kept);
    }

    private double tenants(double uptime) {
        double share = -Math.expm1(-uptime / (logIn(1, 0.2, 3) * DAY));
        double number = in(2, 15, 80);
        return in(0, 0.2, 0.8) * Math.floor(number * share) / number;
    }

    private double steps() {
        if (noise.chance(spacing / (logIn(0, 1, 20) * HOUR))) {
            filled = Math.min(in(1, 0.2, 1), filled + in(2, 0.05, 0.2));
        }
        return filled;
    }
}
