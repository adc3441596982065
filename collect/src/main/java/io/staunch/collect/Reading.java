package io.staunch.collect;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import java.time.Instant;
import java.util.OptionalDouble;

/// One sample of one series of a target.
///
/// @param limit the value at which the target fails, in the series' unit; empty if there is none or it is not known
public record Reading(Series series, Sample sample, OptionalDouble limit) {
    static Reading of(Series series, Instant at, long value) {
        return new Reading(series, new Sample(at, (double) value), OptionalDouble.empty());
    }

    /// A limit of 0 or less is how JVMs and kernels write "none".
    static Reading of(Series series, Instant at, long value, long limit) {
        return new Reading(series, new Sample(at, (double) value), limit(limit));
    }

    static OptionalDouble limit(long limit) {
        return limit > 0 ? OptionalDouble.of((double) limit) : OptionalDouble.empty();
    }
}
