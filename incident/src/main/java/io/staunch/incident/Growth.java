package io.staunch.incident;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Rate;
import java.time.Instant;
import java.util.Optional;

/// The growth that opened the incident.
///
/// @param exhaustion when the limit would have been reached, if there is one
public record Growth(
        Series series, Rate rate, Instant since, Optional<Instant> exhaustion, double confidence, String why) {
    public static Growth of(Series series, Verdict.Leaking leaking) {
        return new Growth(
                series,
                leaking.rate(),
                leaking.since(),
                leaking.exhaustion().map(Verdict.Exhaustion::expected),
                leaking.confidence(),
                leaking.why());
    }
}
