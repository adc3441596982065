package io.staunch.server;

import io.staunch.collect.Cost;
import io.staunch.collect.Evidence;
import io.staunch.collect.Target;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.Observations;
import io.staunch.diagnose.Suspect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What an investigation has found so far, or at its end.
///
/// @param watched      from the first reading to the last
/// @param observations what the diagnosis rests on; somebody who knows of releases, schema updates or load adds them
///                     and lets the board be judged again
/// @param evidence     what was observed, oldest first
/// @param cost         what it cost the target
/// @param cutShort     why it ended before its time
public record Outcome(
        Target target,
        Instant from,
        Duration watched,
        Diagnosis diagnosis,
        Observations observations,
        List<Evidence> evidence,
        Cost cost,
        Optional<String> cutShort) {
    public Outcome {
        evidence = List.copyOf(evidence);
    }

    /// With another board of suspects.
    Outcome judged(List<Suspect> suspects) {
        Diagnosis again = new Diagnosis(
                diagnosis.at(),
                diagnosis.overall(),
                diagnosis.judgements(),
                diagnosis.culprit(),
                suspects,
                diagnosis.advice());
        return new Outcome(target, from, watched, again, observations, evidence, cost, cutShort);
    }
}
