package io.staunch.verify.overhead;

import java.time.Duration;
import java.time.Instant;

/// A stretch of time in which the service was watched, or was not.
///
/// @param serviceCpuMillis what the service used in it
record Window(boolean watched, Instant begin, Instant end, Latencies latencies, long serviceCpuMillis) {
    double requestsPerSecond() {
        return latencies.requests() * 1e3 / Duration.between(begin, end).toMillis();
    }

    double cpuMicrosPerRequest() {
        return serviceCpuMillis * 1e3 / Math.max(1, latencies.requests());
    }

    boolean contains(Instant time) {
        return !time.isBefore(begin) && time.isBefore(end);
    }
}
