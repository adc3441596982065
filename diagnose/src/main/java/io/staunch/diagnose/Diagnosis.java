package io.staunch.diagnose;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Everything that is said of one target at one time.
///
/// @param overall    the verdict on the series that explains most
/// @param judgements the verdict on each series, the overall one included
/// @param suspects   the board, the implicated first
/// @param advice     one sentence: the safest next act
public record Diagnosis(
        Instant at,
        Judgement overall,
        List<Judgement> judgements,
        Optional<Culprit> culprit,
        List<Suspect> suspects,
        String advice) {
    public Diagnosis {
        judgements = List.copyOf(judgements);
        suspects = List.copyOf(suspects);
    }
}
