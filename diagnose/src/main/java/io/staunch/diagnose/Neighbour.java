package io.staunch.diagnose;

import io.staunch.detect.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is known of another process at the same time: of another service beside the one that is judged, or of
/// another instance of it.
///
/// @param name     as people call it: the service, or the instance with its process id
/// @param watched  for how long
/// @param sameService whether it is another instance of the service that is judged
/// @param growing     the types that grow in it, the most to blame first
public record Neighbour(
        String name, boolean sameService, Judgement overall, List<Accumulation> growing, Duration watched) {
    public Neighbour {
        growing = List.copyOf(growing);
    }

    /// How fast a type grows in it; empty if it does not.
    public Optional<Accumulation> growth(String type) {
        return growing.stream().filter(found -> found.type().equals(type)).findFirst();
    }

    boolean leaks() {
        return overall.isLeak();
    }

    /// Seen for what it is: neither a leak nor unknown.
    boolean isInnocent() {
        return switch (overall.verdict()) {
            case Verdict.Steady _, Verdict.Growing _ -> true;
            case Verdict.Leaking _, Verdict.Unknown _ -> false;
        };
    }
}
