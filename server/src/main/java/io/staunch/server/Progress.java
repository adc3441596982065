package io.staunch.server;

import io.staunch.collect.Evidence;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Judgement;
import java.time.Duration;
import java.time.Instant;

/// What an investigation tells while it runs, in the order of time. Told on the investigation's own thread: a listener
/// that takes long delays it.
public sealed interface Progress {
    Instant at();

    /// The overall verdict is of another kind, or on another series, than before.
    record VerdictChanged(Instant at, Judgement overall) implements Progress {}

    /// One more observation that later statements rest on.
    record EvidenceGathered(Instant at, Evidence evidence) implements Progress {}

    /// The target is about to stand still for us.
    ///
    /// @param what      the operation, such as `class histogram of live objects`
    /// @param predicted how long, by the size of its heap
    record PauseAhead(Instant at, String what, Duration predicted) implements Progress {}

    /// What leaks is known, or is known better than before.
    record CulpritNamed(Instant at, Culprit culprit) implements Progress {}

    /// A step was left out and why; what is known stays.
    record StepSkipped(Instant at, String why) implements Progress {}

    /// The target ended or does not answer any more; the verdict so far is kept.
    record TargetLost(Instant at, String why) implements Progress {}
}
