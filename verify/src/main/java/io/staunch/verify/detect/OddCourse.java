package io.staunch.verify.detect;

/// What an [OddShape] adds to a level of one, leak aside. Times are in seconds.
final class OddCourse {
    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;

    private final OddShape shape;
    private final Traits traits;
    private final Draw noise;
    private final double spacing;
    private final double length;
    private final double phase;
    private final double second;
    private double filled;
    private double kept;
    private double until = -1;

    OddCourse(OddShape shape, Traits traits, Draw noise, double spacing, double length) {
        this.shape = shape;
        this.traits = traits;
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

    double at(double t, double uptime, double load) {
        return switch (shape) {
            case LRU_UNDER_GROWING_TRAFFIC -> fill(traits.in(0, 0.2, 1.2), traits.logIn(1, 6 * HOUR, 4 * DAY), load);
            case CACHE_OF_EVERY_DAY -> fill(traits.in(0, 0.1, 0.8), traits.in(1, 4, 40) * HOUR, load);
            case LEAK_BESIDE_A_CACHE -> fill(traits.in(0, 0.1, 0.6), traits.logIn(1, 4 * HOUR, 2 * DAY), load);
            case PAGE_CACHE_STEPS -> pages();
            case STICKY_BATCHES, LEAK_UNDER_STICKY_BATCHES -> sticky(t);
            case BREATHING, LEAK_UNDER_BREATHING -> breathe(t);
            case RAW_AT_A_MARK, LEAK_RAW_AT_A_MARK -> teeth(load);
            case DATA_LIKE_A_LOGARITHM ->
                traits.in(0, 0.03, 0.12) * Math.log1p((t + traits.in(1, 0.1, 20) * DAY) / DAY);
            case TENANTS_ON_DEMAND -> tenants(uptime);
            case COMMITTED_IN_STEPS -> steps();
            case FRAGMENTATION ->
                traits.in(0, 0.1, 0.6)
                        * (1 - Math.pow(1 + uptime / (traits.logIn(1, 0.1, 2) * DAY), -traits.in(2, 0.7, 2)));
            case MONTH_END -> {
                double into = (t - (0.2 + 0.4 * phase) * length) / (traits.in(0, 1, 3) * DAY);
                yield into > 0 && into < 1 ? traits.in(1, 0.1, 0.5) * Math.min(1, into / traits.in(2, 0.1, 1)) : 0;
            }
            default -> 0;
        };
    }

    private double fill(double full, double time, double load) {
        double left = traits.get(3) < 0.5 ? 1 : Math.max(0, 1 - filled / full);
        filled = Math.min(full, filled + full * spacing / time * load * left);
        return filled;
    }

    private double pages() {
        if (noise.chance(spacing / (traits.in(0, 2, 16) * HOUR))) {
            filled += traits.in(1, 0.02, 0.15) * noise.between(0.3, 1.5);
        }
        filled *= filled > traits.in(2, 0.3, 0.9) ? noise.between(0.1, 0.8) : 1;
        return filled;
    }

    private double sticky(double t) {
        double into = (t + phase * 6 * HOUR) % (traits.in(0, 6, 24) * HOUR);
        boolean runs = into < traits.in(1, 0.2, 2) * HOUR;
        if (!runs) {
            until = -1;
            kept *= 1 - 2e-7 * spacing;
            return kept;
        }
        if (until < 0) {
            until = traits.in(2, 0.1, 0.4) * noise.between(0.7, 1);
        }
        kept = Math.max(kept, 0.8 * until);
        return Math.max(until, kept);
    }

    private double breathe(double t) {
        double first = Math.sin(2 * Math.PI * (t / (traits.in(0, 1.5, 5) * DAY) + phase));
        double other = Math.sin(2 * Math.PI * (t / (traits.in(1, 0.4, 1.4) * DAY) + second));
        return traits.in(2, 0.03, 0.12) * first + traits.in(3, 0.01, 0.05) * other;
    }

    /// Young garbage fills the heap to a mark; a collection leaves what was promoted, a full one every now and then
    /// hardly anything of it.
    private double teeth(double load) {
        filled += spacing / traits.logIn(0, 200, 2 * HOUR) * load;
        if (filled + kept > 1) {
            kept += traits.in(1, 0.005, 0.06) * noise.between(0.5, 1.5);
            filled = 0;
        }
        if (kept > traits.in(2, 0.3, 0.7)) {
            kept = noise.between(0, 0.05);
        }
        return traits.in(3, 0.5, 3) * (filled + kept);
    }

    private double tenants(double uptime) {
        double share = -Math.expm1(-uptime / (traits.logIn(1, 0.2, 3) * DAY));
        double number = traits.in(2, 15, 80);
        return traits.in(0, 0.2, 0.8) * Math.floor(number * share) / number;
    }

    private double steps() {
        if (noise.chance(spacing / (traits.logIn(0, 1, 20) * HOUR))) {
            filled = Math.min(traits.in(1, 0.2, 1), filled + traits.in(2, 0.05, 0.2));
        }
        return filled;
    }
}
