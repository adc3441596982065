package io.staunch.diagnose;

import java.time.Instant;

/// One dated observation that bears on a suspect, as a sentence with its figures.
///
/// @param rule the id of the rule that weighed it; `docs/rules.md` explains each
public record Clue(Instant at, Bearing bearing, String rule, String sentence) {
    public Clue {
        if (sentence.isBlank()) {
            throw new IllegalArgumentException("clue: expected a sentence, found none");
        }
    }

    /// Whether the observation speaks for the suspect's guilt, against it, or neither.
    public enum Bearing {
        FOR,
        AGAINST,
        NEITHER
    }
}
