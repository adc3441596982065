package io.staunch.diagnose;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What piles up in a target and who holds it.
///
/// @param typesSeen  whether enough class histograms were taken to tell which types grow
/// @param growing    the types that grow, the most to blame first
/// @param owners     the owning library of a growing type as a package URL, where known
/// @param softlyHeld whether what grows is held by soft references alone
public record Held(
        boolean typesSeen,
        List<Accumulation> growing,
        Map<String, String> owners,
        boolean softlyHeld,
        Optional<Culprit> culprit) {
    /// Nothing was looked at yet.
    public static final Held UNKNOWN = new Held(false, List.of(), Map.of(), false, Optional.empty());

    public Held {
        growing = List.copyOf(growing);
        owners = Map.copyOf(owners);
    }
}
