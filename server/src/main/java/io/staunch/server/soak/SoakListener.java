package io.staunch.server.soak;

import io.staunch.collect.Target;
import io.staunch.server.Progress;
import java.nio.file.Path;

/// Hears what a soak does while it does it. Called by several threads.
public interface SoakListener {
    /// The releases are being started.
    ///
    /// @param logs where what they print goes
    void starting(Path logs);

    /// A side takes a while to be ready; told once of each.
    void waits(SideName side);

    /// A side is ready, and this of it is watched.
    void ready(SideName side, Target target);

    /// Load and watch begin, of all sides at once.
    void begins(SoakPlan plan);

    /// The watch over a side tells something.
    void told(SideName side, Progress progress);
}
