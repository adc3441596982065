package io.staunch.shop.session;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that moves when it is told to.
final class ManualClock implements InstantSource {
    private volatile Instant now = Instant.parse("2024-08-15T15:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }
}
