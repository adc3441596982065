package io.staunch.verify.detect;

/// What has leaked in one life of a [WildShape]. Times are in seconds.
final class WildLeak {
    private static final double HOUR = 3600;

    private final WildShape shape;
    private final Traits traits;
    private final Draw noise;
    /// From the first byte to the limit, if it went on evenly.
    private final double time;
    private final double room;
    private double leaked;
    private double began;
    private boolean active = true;
    private double switchAt = -1;
    private double nextStep = -1;

    WildLeak(WildShape shape, Traits traits, Draw noise, double time, double room) {
        this.shape = shape;
        this.traits = traits;
        this.noise = noise;
        this.time = time;
        this.room = room;
    }

    void restart() {
        leaked = 0;
        began = Double.NaN;
    }

    /// @param t      since the onset
    /// @param load   against its mean
    /// @param clock  of the day
    double at(double t, double spacing, double load, double clock) {
        began = Double.isNaN(began) ? t : began;
        double age = t - began;
        double step = room * spacing / time;
        leaked = switch (shape) {
            case LEAK_IN_SPELLS -> leaked + (spell(t) ? 2 * step : 0);
            case LEAK_BY_ANOTHER_LOAD ->
                leaked
                        + step
                                * Math.max(
                                        0,
                                        1
                                                + traits.in(0, 0.5, 1.5)
                                                        * Math.sin(
                                                                2 * Math.PI * clock / (24 * HOUR) + 6 * traits.get(1)));
            case LEAK_EXPONENTIAL ->
                room * Math.expm1(age / time * traits.in(0, 2, 6)) / Math.expm1(traits.in(0, 2, 6));
            case LEAK_IN_RARE_STEPS -> leaked + rare(t) * room;
            case LEAK_OF_SMALL_COUNTS -> leaked + (noise.chance(Math.min(1, step)) ? Math.max(1, step) : 0);
            case LEAK_EVEN, LEAK_FROM_THE_FIRST_SAMPLE, LEAK_AND_CACHE ->
                leaked + step * (traits.get(2) < 0.5 ? 1 : load);
            default -> leaked + step;
        };
        return shape == WildShape.LEAK_BY_ARENAS
                ? Math.floor(leaked / (traits.in(0, 0.02, 0.08) * room)) * traits.in(0, 0.02, 0.08) * room
                : leaked;
    }

    private boolean spell(double t) {
        if (t >= switchAt) {
            active = switchAt < 0 || !active;
            switchAt = t + noise.between(0.05, 0.2) * time;
        }
        return active;
    }

    /// The share of the room that a step takes, if one is due.
    private double rare(double t) {
        double apart = traits.in(0, 0.04, 0.15) * time;
        if (nextStep < 0) {
            nextStep = t + noise.between(0, 1) * apart;
        }
        if (t < nextStep) {
            return 0;
        }
        nextStep = t + noise.between(0.6, 1.4) * apart;
        return traits.in(0, 0.04, 0.15) * noise.between(0.6, 1.4);
    }
}
