package io.staunch.server.response;

import io.staunch.remedy.Budget;
import java.time.Duration;

/// What somebody has said of services and incidents. Asked anew each time; safe for several threads.
public interface Charges {
    /// How far Staunch may go for a service.
    Charge of(String service);

    Pace pace();

    /// The times of the daemon's incidents.
    ///
    /// @param after     how long a leak's verdict stands before an incident is opened
    /// @param settling  how long a process that has just started may take to get going
    /// @param effect    how long the effect of an act is watched at least
    /// @param goneAfter how long a leak is not seen before its incident is ended
    /// @param budget    of acts, over all services
    record Pace(Duration after, Duration settling, Duration effect, Duration goneAfter, Budget budget) {
        public static final Pace USUAL = new Pace(
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Budget.DEFAULT);
    }
}
