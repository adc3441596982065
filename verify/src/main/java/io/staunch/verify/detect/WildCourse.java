package io.staunch.verify.detect;

/// What a [WildShape] adds to a level, leak aside. Times are in seconds.
final class WildCourse {
    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;

    private final WildShape shape;
    private final Traits traits;
    private final Draw noise;
    private final double spacing;
    private final double length;
    private final double base;
    private final double modeChange;
    private double tooth;
    private double filled;
    private double highest = Double.NEGATIVE_INFINITY;
    private double state;
    private double until = -1;
    private double now;

    WildCourse(WildShape shape, Traits traits, Draw noise, double spacing, double length, double base) {
        this.shape = shape;
        this.traits = traits;
        this.noise = noise;
        this.spacing = spacing;
        this.length = length;
        this.base = base;
        modeChange = noise.between(0.2, 0.8) * length;
        tooth = noise.between(0, 1);
    }

    void restart() {
        filled = 0;
        highest = Double.NEGATIVE_INFINITY;
        tooth = 0;
    }

    /// How much louder the noise is than at first.
    double louder() {
        boolean changes = shape == WildShape.MODE_CHANGE || shape == WildShape.LEAK_AND_MODE_CHANGE;
        return changes && now > modeChange ? traits.in(6, 0.3, 4) : 1;
    }

    /// What is resident when this much is in use.
    double keep(double used) {
        if (shape != WildShape.RATCHET && shape != WildShape.LEAK_BY_ARENAS) {
            return used;
        }
        highest = Math.max(highest * (1 - traits.in(5, 0, 1e-6) * spacing), used);
        return highest;
    }

    /// @param load against its mean
    double at(double t, double uptime, double load) {
        now = t;
        return base
                * switch (shape) {
                    case WANDERING -> wander(traits.in(0, 0.5, 2) * DAY, traits.in(1, 0.02, 0.1));
                    case LOGARITHMIC_CACHE ->
                        traits.in(1, 0.05, 0.2)
                                * Math.min(Math.log1p(uptime / HOUR), Math.log1p(traits.in(2, 12, 120)));
                    case LINEAR_CACHE ->
                        fill(traits.in(1, 0.2, 0.9) / (traits.logIn(2, 0.25, 2) * DAY), traits.in(1, 0.2, 0.9), load);
                    case LEAK_AND_CACHE ->
                        fill(traits.in(1, 0.1, 0.4) / (traits.in(2, 2, 20) * HOUR), traits.in(1, 0.1, 0.4), load);
                    case CODE_CACHE ->
                        traits.in(1, 0.05, 0.15) * Math.pow(Math.min(uptime, 6 * DAY) / HOUR, traits.in(2, 0.15, 0.4));
                    case WEEKLY_BATCH -> {
                        double into = (t + traits.get(3) * 7 * DAY) % (7 * DAY) / DAY;
                        yield traits.in(1, 0.1, 0.5) * Math.min(1, into / traits.in(2, 2, 7));
                    }
                    case NIGHTLY_FLUSH -> traits.in(1, 0.05, 0.6) * ((t + traits.get(3) * DAY) % DAY / DAY);
                    case MODE_CHANGE, LEAK_AND_MODE_CHANGE ->
                        traits.in(1, -0.2, 0.4) * Math.clamp((t - modeChange) / (traits.in(2, 0.2, 8) * HOUR), 0, 1);
                    case LOADED_SAW_TOOTH, LEAK_UNDER_LOADED_SAW_TOOTH ->
                        teeth(traits.logIn(1, 300, 8 * HOUR) / load, traits.in(2, 0.2, 1) * Math.sqrt(load));
                    case SLOW_SAW_TOOTH -> teeth(traits.logIn(1, 12, 72) * HOUR, traits.in(2, 0.2, 1));
                    case RESET_COUNTER ->
                        teeth(traits.logIn(1, 2, 40) * HOUR * noise.between(0.3, 1.7), traits.in(2, 0.5, 2));
                    case MACHINE_PERCENT, LEAK_IN_MACHINE_PERCENT ->
                        jumps() + wander(3 * HOUR, traits.in(1, 0.005, 0.03));
                    case UNTOLD_DEPLOYS -> deploys();
                    case DRILL_WARM_UP ->
                        traits.in(1, 0.5, 6) * -Math.expm1(-uptime / (traits.in(2, 0.05, 0.3) * length));
                    case DRILL_SAW_TOOTH, DRILL_LEAK_RAW ->
                        teeth(traits.logIn(1, 4, 0.15 * length), traits.in(2, 0.3, 3));
                    case DRILL_LOAD_STEP ->
                        traits.in(1, 0.2, 2) * wander(20, 0.01)
                                + traits.in(2, 0.3, 2) * fill(1.0 / 30, load > 0.6 ? 1 : 0.2, 1);
                    default -> 0;
                };
    }

    private double wander(double memory, double size) {
        double keep = Math.exp(-spacing / memory);
        state = keep * state + size * Math.sqrt(1 - keep * keep) * noise.normal();
        return state;
    }

    private double fill(double perSecond, double full, double load) {
        filled = Math.min(full, filled + perSecond * spacing * (0.4 + 0.6 * load));
        return filled;
    }

    private double teeth(double period, double height) {
        tooth += spacing / period;
        tooth = tooth >= 1 ? tooth - Math.floor(tooth) : tooth;
        return tooth * height;
    }

    private double jumps() {
        if (now >= until) {
            until = now + noise.logBetween(0.5 * HOUR, 40 * HOUR);
            filled = Math.clamp(filled + noise.normal() * traits.in(2, 0.02, 0.2), -0.4, 0.5);
        }
        return filled;
    }

    private double deploys() {
        if (now >= until) {
            until = now + noise.logBetween(12 * HOUR, 96 * HOUR);
            filled = noise.between(-0.1, 0.25);
            highest = now;
        }
        return filled - 0.3 * Math.exp(-(now - highest) / (traits.in(2, 0.2, 4) * HOUR));
    }
}
