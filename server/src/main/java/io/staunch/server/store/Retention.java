package io.staunch.server.store;

import java.time.Duration;

/// How long what is kept.
///
/// @param full   samples as they were read
/// @param coarse five minutes in one row, verdicts, evidence, and targets that are not seen any more
public record Retention(Duration full, Duration coarse) {
    public static final Retention USUAL = new Retention(Duration.ofHours(6), Duration.ofDays(90));

    public Retention {
        if (full.compareTo(Duration.ofMinutes(10)) < 0 || coarse.compareTo(full) < 0) {
            throw new IllegalArgumentException(
                    "expected at least 10m of full samples and no less of coarse ones, found " + full + " and "
                            + coarse);
        }
    }
}
