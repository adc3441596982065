package io.staunch.verify.overhead;

import io.staunch.collect.Cost;
import io.staunch.collect.TargetGone;
import java.io.IOException;
import java.time.Instant;

/// What watches the service in every other window, and rests in the others.
interface Watcher extends AutoCloseable {
    /// Passes the time until `end`, watching or resting.
    void pass(Instant end, boolean watching) throws IOException, InterruptedException, TargetGone;

    /// What it cost the target so far, by its own account; nothing where it keeps none.
    Cost cost();

    @Override
    void close();
}
