package io.staunch.collect;

import java.util.List;

/// Watches one target from outside. [#read] is the always-on rung of evidence: under 1 % of the target's CPU and under
/// 1 ms of added pause. A quantity that can't be measured has no reading. Safe for use by several threads, one after
/// the other.
public sealed interface Probe extends AutoCloseable
        permits JvmEvidence, MetricsProbe, ProcessProbe, RecordedProbe, RedisProbe {
    /// What is watched, as it was when the probe was made.
    Target target();

    /// What the target is called on screens.
    default String name() {
        return target().name();
    }

    /// The figures of now. Takes milliseconds; waits at most ten seconds for a target that stands still.
    List<Reading> read() throws TargetGone;

    /// What watching has cost the target since this probe was made.
    Cost cost();

    /// Lets go of the target and leaves nothing in it. Idempotent.
    @Override
    void close();
}
