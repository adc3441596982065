package io.staunch.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets a command end in order when Ctrl-C (or a plain kill) comes: the work is asked to end, and the JVM lives on
/// until the command has told what it knows and closed this, at most 40 seconds. Close it last.
public final class Interruption implements AutoCloseable {
    private static final long LONGEST_SECONDS = 40;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean came;

    /// @param ask asks the work to end; runs on a thread of its own
    public Interruption(Runnable ask) {
        this.hook = new Thread(() -> end(ask), "interrupted");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Whether it came.
    public boolean came() {
        return came;
    }

    private void end(Runnable ask) {
        came = true;
        ask.run();
        try {
            closed.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// From here on Ctrl-C ends the JVM at once.
    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It came: the hook is what is running.
        }
    }
}
