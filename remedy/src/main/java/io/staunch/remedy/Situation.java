package io.staunch.remedy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that the guard rails look at. It holds no clock and reads nothing: the same situation gives the same
/// judgement.
///
/// @param approved         whether a person has agreed to this very act
/// @param judge            what the detector and the board of suspects say of the service now
/// @param attestedGood     versions seen to run without a leak, or named good by a person
/// @param pastActs         of all services, for the budget; any order
/// @param killSwitch       what switched acts off, if anything did
/// @param evidenceCaptured whether what the act destroys has been recorded
/// @param degrading        services that degrade now, this one included
public record Situation(
        Instant now,
        Mode mode,
        boolean approved,
        Judge judge,
        Set<String> attestedGood,
        List<PastAct> pastActs,
        Budget budget,
        Optional<String> killSwitch,
        Releases releases,
        boolean evidenceCaptured,
        Set<String> degrading) {

    public Situation {
        attestedGood = Set.copyOf(attestedGood);
        pastActs = List.copyOf(pastActs);
        degrading = Set.copyOf(degrading);
    }

    /// What is known of the cause.
    public sealed interface Judge {
        /// This version brought the leak.
        record Implicates(String version) implements Judge {}

        /// There is a leak, and no release explains it.
        record NoReleaseImplicated(String why) implements Judge {}

        /// The judge could not tell.
        record Unsure(String why) implements Judge {}

        /// The judge gave no answer.
        record Down(String why) implements Judge {}
    }
}
