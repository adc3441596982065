package io.staunch.shop.auth;

import java.time.Instant;
import java.util.BitSet;
import java.util.Objects;

/// The uses of one token that were seen: one that comes again is a replay. Thread-safe.
final class ReplayWindow {
    private static final int SLOTS = 65_536;

    private final String token;
    private final BitSet seen = new BitSet(SLOTS);

    ReplayWindow(String token) {
        this.token = token;
    }

    /// Notes a use at that time.
    synchronized void use(Instant time) {
        seen.set(Math.floorMod(Objects.hash(token, time.toEpochMilli()), SLOTS));
    }
}
