package io.staunch.collect;

/// What watching cost a target: milliseconds in which it stood still for us, and milliseconds of its own CPU that it
/// spent on answering us.
public record Cost(double addedPauseMillis, long targetCpuMillis) {
    public static final Cost NONE = new Cost(0, 0);

    public Cost {
        if (!(addedPauseMillis >= 0) || targetCpuMillis < 0) {
            throw new IllegalArgumentException(
                    "cost: expected values from 0, found " + addedPauseMillis + " ms and " + targetCpuMillis + " ms");
        }
    }

    public Cost plus(Cost other) {
        return new Cost(addedPauseMillis + other.addedPauseMillis, targetCpuMillis + other.targetCpuMillis);
    }
}
