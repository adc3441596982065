package io.staunch.server.response;

import io.staunch.detect.Verdict;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.Observations;
import io.staunch.server.Outcome;
import java.time.Duration;
import java.time.Instant;

/// What is known of one process by now.
///
/// @param watched from the first reading to the last
/// @param isWhole whether all of the cause that can be learned of such a target is known
record Known(Instant from, Duration watched, Diagnosis diagnosis, Observations observations, boolean isWhole) {

    /// @param dumps whether a heap dump may be taken, without which nobody learns who holds what
    static Known of(Outcome outcome, boolean dumps) {
        return new Known(
                outcome.from(),
                outcome.watched(),
                outcome.diagnosis(),
                outcome.observations(),
                outcome.diagnosis()
                        .culprit()
                        .filter(culprit -> isWhole(culprit, dumps))
                        .isPresent());
    }

    private static boolean isWhole(Culprit culprit, boolean dumps) {
        boolean held = !culprit.holder().isEmpty() && culprit.library().isPresent();
        return !culprit.accumulating().isEmpty() && (held || !dumps);
    }

    /// The same, but what was seen before that time does not count as watched.
    Known since(Instant time) {
        Instant to = from.plus(watched);
        return time.isAfter(from)
                ? new Known(
                        time,
                        to.isAfter(time) ? Duration.between(time, to) : Duration.ZERO,
                        diagnosis,
                        observations,
                        isWhole)
                : this;
    }

    /// Whether it shows how the service behaves when it is well. What still warms up does not.
    ///
    /// @param settling how long a process that has just started may take to get going
    boolean isWell(Duration settling) {
        return switch (diagnosis.overall().verdict()) {
            case Verdict.Steady _ -> true;
            case Verdict.Growing growing ->
                growing.explanation() != Verdict.Explanation.WARMING_UP || watched.compareTo(settling) >= 0;
            case Verdict.Leaking _, Verdict.Unknown _ -> false;
        };
    }
}
