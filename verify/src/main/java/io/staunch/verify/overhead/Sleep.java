package io.staunch.verify.overhead;

import java.time.Duration;
import java.time.Instant;

/// Waiting for a time of the clock.
final class Sleep {
    private Sleep() {}

    static void until(Instant time) throws InterruptedException {
        Thread.sleep(Math.max(0, Duration.between(Instant.now(), time).toMillis()));
    }
}
