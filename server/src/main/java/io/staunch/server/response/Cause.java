package io.staunch.server.response;

import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import java.util.List;
import java.util.Optional;

/// What is held to be the cause of an incident, as far as it is known by now. Not thread-safe.
final class Cause {
    private Optional<Culprit> culprit = Optional.empty();
    private Attribution attribution = new Attribution(Optional.empty(), List.of("No culprit was found."));

    Optional<Culprit> culprit() {
        return culprit;
    }

    /// The type that piles up.
    Optional<Accumulation> lead() {
        return culprit.flatMap(Culprit::lead);
    }

    Attribution attribution() {
        return attribution;
    }

    void is(Culprit found, Attribution brought) {
        culprit = Optional.of(found);
        attribution = brought;
    }
}
