package io.staunch.server.alert;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A way to tell of alerts. Called by one thread.
interface Route {
    /// For warnings, without secrets.
    String name();

    /// How often an alert that fires is told again although nothing is new; never if absent.
    default Optional<Duration> again() {
        return Optional.empty();
    }

    /// Tells it. An alert that was told before is told in the same thread, under the same key.
    ///
    /// @param thread what the call before returned for this incident
    /// @return the receiver's name of the thread; empty if it has none
    /// @throws IOException if it was not taken; the message has no secret
    Optional<String> tell(Alert alert, Optional<String> thread, Instant now) throws IOException, InterruptedException;
}
