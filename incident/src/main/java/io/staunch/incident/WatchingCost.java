package io.staunch.incident;

import java.util.List;

/// What Staunch itself cost the target while the incident was open.
///
/// @param rungs the dearer pieces of evidence, each as a sentence with its pause
public record WatchingCost(double addedPauseMillis, long targetCpuMillis, List<String> rungs) {
    public WatchingCost {
        rungs = List.copyOf(rungs);
    }
}
