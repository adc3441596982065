package io.staunch.detect;

import java.time.Instant;

/// One value of a series at one time, in the series' own unit. The value is finite: a missing value is no sample.
public record Sample(Instant at, double value) {
    public Sample {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("sample at " + at + ": expected a finite value, found " + value);
        }
    }
}
