package io.staunch.verify.detect;

/// What has leaked in one life of an [OddShape]. Times are in seconds.
final class OddLeak {
    private static final double HOUR = 3600;

    private final OddShape shape;
    private final Traits traits;
    private final Draw noise;
    /// From the first byte to the limit, if it went on evenly.
    private final double time;
    private final double room;
    private double leaked;
    private double began;
    private double burstUntil = -1;

    OddLeak(OddShape shape, Traits traits, Draw noise, double time, double room) {
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

    /// @param t    since the onset
    /// @param load against its mean
    double at(double t, double spacing, double load, boolean weekend) {
        began = Double.isNaN(began) ? t : began;
        double age = Math.max(spacing, t - began);
        double step = room * spacing / time;
        leaked = switch (shape) {
            case LEAK_AT_WEEKENDS -> leaked + (weekend ? 3.5 * step : 0);
            case LEAK_BY_SOME_REQUESTS -> leaked + (noise.chance(Math.min(1, 0.05 * load)) ? 20 * step : 0);
            case LEAK_AND_PAUSE, LEAK_BESIDE_A_CACHE -> leaked + step * load;
            case LEAK_OF_TWO_PHASES -> {
                double border = traits.in(0, 0.3, 0.7) * time;
                yield leaked + step * (t < border ? 0.4 : traits.in(1, 1.2, 4));
            }
            case LEAK_IN_BURSTS -> leaked + (bursts(t, spacing) ? traits.in(2, 5, 30) * step : 0);
            case LEAK_LIKE_A_POWER -> room * Math.pow(age / time, traits.in(0, 0.6, 0.9));
            default -> leaked + step;
        };
        return leaked;
    }

    private boolean bursts(double t, double spacing) {
        double apart = traits.in(1, 1, 8) * HOUR;
        if (t > burstUntil && noise.chance(spacing / apart)) {
            burstUntil = t + apart / traits.in(2, 5, 30);
        }
        return t <= burstUntil;
    }
}
