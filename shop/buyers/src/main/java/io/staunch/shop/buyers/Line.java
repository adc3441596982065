package io.staunch.shop.buyers;

import java.time.Instant;

/// One line of the load's report: of a second (`number` counts from 1) or, as `summary`, of the whole time (`number` is
/// its seconds). Visits are counted when they end; `users` and `usersHit` are distinct ones since the start.
record Line(
        String kind,
        Instant time,
        long number,
        long requests,
        long errors,
        Latency latencyMillis,
        long sessionsOpened,
        long checkoutsCompleted,
        long checkoutsFailed,
        long visitsEnded,
        long visitsHit,
        long visitsTurnedAway,
        long activeVisits,
        long users,
        long usersHit) {
    record Latency(double p50, double p95, double p99, double max) {}
}
