package io.staunch.verify.detect;

/// A drawn series with its truth: 14 days at one value a minute, NaN where a sample is missing. The arrays are not
/// copied.
final class Recording {
    static final int DAY = 1440;
    static final int MINUTES = 14 * DAY;

    private final Shape shape;
    private final double limit;
    private final double[] value;
    private final double[] load;
    private final boolean[] restart;
    private final boolean[] deploy;
    private final int onset;
    private final int exhaustion;

    /// @param load       empty if no load series is at hand
    /// @param restart    whether the process begins anew at a minute
    /// @param deploy     whether that is another release
    /// @param onset      the minute at which the leak begins; −1 for none
    /// @param exhaustion the minute at which the limit is reached for the first time; −1 if it is not
    Recording(
            Shape shape,
            double limit,
            double[] value,
            double[] load,
            boolean[] restart,
            boolean[] deploy,
            int onset,
            int exhaustion) {
        this.shape = shape;
        this.limit = limit;
        this.value = value;
        this.load = load;
        this.restart = restart;
        this.deploy = deploy;
        this.onset = onset;
        this.exhaustion = exhaustion;
    }

    Shape shape() {
        return shape;
    }

    double limit() {
        return limit;
    }

    double[] value() {
        return value;
    }

    double[] load() {
        return load;
    }

    boolean[] restart() {
        return restart;
    }

    boolean[] deploy() {
        return deploy;
    }

    int onset() {
        return onset;
    }

    int exhaustion() {
        return exhaustion;
    }

    boolean leaks() {
        return onset >= 0;
    }
}
