package io.staunch.drill.response;

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

    static Known of(Outcome outcome) {
        return new Known(
                outcome.from(),
                outcome.watched(),
                outcome.diagnosis(),
                outcome.observations(),
                outcome.diagnosis().culprit().filter(Known::isWhole).isPresent());
    }

    private static boolean isWhole(Culprit culprit) {
        return !culprit.accumulating().isEmpty()
                && !culprit.holder().isEmpty()
                && culprit.library().isPresent();
    }
}
