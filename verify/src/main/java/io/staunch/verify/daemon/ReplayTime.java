package io.staunch.verify.daemon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The time of a recording, which goes faster than that of this machine and stops at its end.
///
/// @param begin   of the recording
/// @param length  of the recording
/// @param started `System.nanoTime` when the replay began
record ReplayTime(Instant begin, Duration length, double speed, long started) implements InstantSource {
    static ReplayTime from(Instant begin, Duration length, double speed) {
        return new ReplayTime(begin, length, speed, System.nanoTime());
    }

    @Override
    public Instant instant() {
        long nanos = (long) ((System.nanoTime() - started) * speed);
        return begin.plusNanos(Math.min(nanos, length.toNanos()));
    }

    boolean isOver() {
        return !instant().isBefore(begin.plus(length));
    }
}
