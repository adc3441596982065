package io.staunch.server.response;

import java.time.Duration;
import java.time.Instant;

/// How long a growth is watched before it is worth an incident.
///
/// @param settling how long a process that has just started may take to get going: sessions and caches fill, which
///                 looks like a leak until they are full
/// @param share    and how long its growth is watched, as a share of the time that is left until its limit
/// @param longest  but never longer than this
public record Patience(Duration settling, double share, Duration longest) {
    /// A release that has run for long without a leak fills as it always did; only what outlasts that is news.
    private static final int TRUSTED_SETTLING = 4;

    /// Whether a process is old enough for its growth to mean something.
    ///
    /// @param trusted it runs a release that has been named good
    boolean isSettled(Instant started, boolean trusted, Instant now) {
        return !now.isBefore(started.plus(trusted ? settling.multipliedBy(TRUSTED_SETTLING) : settling));
    }

    /// Whether what leaks in it is worth an incident by now.
    boolean isOver(Watched watched, boolean trusted, Instant now) {
        return isSettled(watched.started(), trusted, now)
                && Urgency.isPressing(watched.soFar().observations(), this, now);
    }
}
