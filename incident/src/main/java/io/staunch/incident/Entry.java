package io.staunch.incident;

import java.time.Instant;
import java.util.List;

/// One line of an incident's timeline.
///
/// @param sentence what happened, as a sentence
/// @param evidence the observations behind it, as sentences with their figures; empty for what Staunch did itself
public record Entry(Instant at, Kind kind, String sentence, List<String> evidence) {
    /// What kind of event a line tells of.
    public enum Kind {
        /// Somebody changed something.
        CHANGE,
        /// Something was noticed.
        SIGNAL,
        /// Something was measured.
        EVIDENCE,
        /// A suspect came up.
        HYPOTHESIS,
        /// A suspect was cleared: a path that would have misled.
        CLEARED,
        /// The cause was named.
        CAUSE,
        /// Something was recommended.
        ADVICE,
        /// Something was done against it.
        ACT,
        /// Whether it helped.
        EFFECT,
        /// The incident ended.
        CLOSED
    }

    public Entry {
        if (sentence.isBlank()) {
            throw new IllegalArgumentException("timeline: expected a sentence, found none");
        }
        evidence = List.copyOf(evidence);
    }
}
