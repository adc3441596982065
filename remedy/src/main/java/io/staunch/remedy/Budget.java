package io.staunch.remedy;

import java.time.Duration;

/// How many acts over all services may begin within a span of time.
public record Budget(int acts, Duration within) {
    /// One an hour.
    public static final Budget DEFAULT = new Budget(1, Duration.ofHours(1));

    public Budget {
        if (acts < 0 || !within.isPositive()) {
            throw new IllegalArgumentException(
                    "budget: expected 0 or more acts within a positive time, found " + acts + " within " + within);
        }
    }
}
