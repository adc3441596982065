package io.staunch.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What users felt, measured at the load. What was not measured is absent.
///
/// @param source          where it was measured
/// @param usersHitPercent share of the users for whom something failed or was slower than they bear
/// @param checkoutsLost   completed checkouts fewer than at the rate of before
public record Impact(
        String source,
        Optional<Phase> before,
        Optional<Phase> during,
        Optional<Phase> after,
        OptionalDouble usersHitPercent,
        OptionalLong checkoutsLost) {

    /// The load over one stretch of time.
    ///
    /// @param errorShare         0 to 1
    /// @param latency95          95 % of the requests were answered within it
    /// @param checkoutsPerMinute completed purchases
    public record Phase(
            Instant from,
            Instant to,
            long requests,
            double requestsPerSecond,
            double errorShare,
            Duration latency95,
            double checkoutsPerMinute) {
        public Duration length() {
            return Duration.between(from, to);
        }
    }

    /// Checkouts fewer than the rate of before would have brought, at least 0. Empty if a phase was not measured.
    public static OptionalLong lost(Optional<Phase> before, Optional<Phase> during) {
        if (before.isEmpty() || during.isEmpty()) {
            return OptionalLong.empty();
        }
        double minutes = during.get().length().toMillis() / 60_000.0;
        double missing = (before.get().checkoutsPerMinute() - during.get().checkoutsPerMinute()) * minutes;
        return OptionalLong.of(Math.max(0, Math.round(missing)));
    }
}
