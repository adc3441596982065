package io.staunch.heap.internal.memory;

import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;

/// Counts steps of a long loop; every million of them it tells how far the loop is and looks whether the thread has
/// been interrupted. One thread's own.
public final class Ticker {
    private static final int STEPS = 1 << 20;

    private final LongConsumer progress;
    private int left = STEPS;
    private long done;

    /// `progress` is told how many steps have been made.
    public Ticker(LongConsumer progress) {
        this.progress = progress;
    }

    /// Tells nobody.
    public static Ticker silent() {
        return new Ticker(done -> {});
    }

    /// One step.
    ///
    /// @throws CancellationException when the thread was interrupted
    public void tick() {
        if (--left == 0) {
            report();
        }
    }

    private void report() {
        left = STEPS;
        done += STEPS;
        progress.accept(done);
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while analysing");
        }
    }
}
