package io.staunch.diagnose;

import io.staunch.diagnose.Change.Restart;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What it says of a service that it was started anew while the growth went on elsewhere.
final class Restarts {
    /// A growth that is seen for so long after a restart was not ended by it.
    private static final Duration ENOUGH = Duration.ofSeconds(10);

    private Restarts() {}

    /// What the restarts of one suspect tell.
    enum Sign {
        NONE,
        /// The last one is too fresh to tell.
        FRESH,
        /// The growth went on after each.
        IN_VAIN
    }

    static Stream<Restart> of(Observations o) {
        return o.changes().stream().filter(Restart.class::isInstance).map(Restart.class::cast);
    }

    /// Adds a clue for each restart.
    static Sign weigh(Clues clues, Observations o, List<Restart> restarts) {
        Sign sign = Sign.NONE;
        for (Restart restart : restarts) {
            Duration since = Duration.between(restart.at(), o.to());
            if (o.leaks() && since.compareTo(ENOUGH) >= 0) {
                clues.speaksAgainst(
                        Rule.RESTARTED_IN_VAIN,
                        restart.at(),
                        restart.service() + " was restarted, and the growth went on as before");
                sign = Sign.IN_VAIN;
            } else {
                clues.leavesOpen(
                        Rule.RESTARTED,
                        restart.at(),
                        restart.service() + " was restarted: too early to say what it did");
                return Sign.FRESH;
            }
        }
        return sign;
    }
}
