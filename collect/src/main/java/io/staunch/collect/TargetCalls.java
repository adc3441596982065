package io.staunch.collect;

import io.staunch.collect.internal.ProcFs;
import io.staunch.collect.internal.ProcStat;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// Calls to a target, one after the other on a thread of their own, each with a time limit: neither the attach
/// protocol nor RMI has one, and a stopped process would hold us for ever. After a call that was given up no other is
/// made until that one has come back.
final class TargetCalls implements AutoCloseable {
    private final String label;
    private final BooleanSupplier alive;
    private final ExecutorService thread;
    private volatile Future<?> last = java.util.concurrent.CompletableFuture.completedFuture(null);

    TargetCalls(long pid) {
        this("pid " + pid, sameProcess(pid));
    }

    private TargetCalls(String label, BooleanSupplier alive) {
        this.label = label;
        this.alive = alive;
        this.thread = Executors.newSingleThreadExecutor(Thread.ofPlatform()
                .daemon()
                .name("staunch-target-" + label.replace("pid ", ""))
                .factory());
    }

    /// To a process of another host, whose life can't be seen: a connection that breaks counts as its end.
    static TargetCalls remote(String address) {
        return new TargetCalls(address, () -> true);
    }

    /// The very process that this was made for, not another one that got its number.
    private static BooleanSupplier sameProcess(long pid) {
        long startTicks = ProcFs.HOST.stat(pid).map(ProcStat::startTicks).orElse(-1L);
        return () -> ProcFs.HOST
                .stat(pid)
                .filter(stat -> stat.startTicks() == startTicks && stat.state() != 'Z' && stat.state() != 'X')
                .isPresent();
    }

    /// Does not react to interruption, other than by leaving the thread's mark set: for calls of milliseconds.
    <T> T call(String what, Duration timeout, Callable<T> call) throws TargetGone {
        boolean interrupted = false;
        long deadline = System.nanoTime() + timeout.toNanos();
        Future<T> result = submit(what, call);
        try {
            while (true) {
                try {
                    return result.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw failed(what, e);
                } catch (TimeoutException e) {
                    throw notAnswering(what, timeout, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// For calls that may take long; an interrupted one goes on in the target.
    <T> T longCall(String what, Duration timeout, Callable<T> call) throws TargetGone, InterruptedException {
        Future<T> result = submit(what, call);
        try {
            return result.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failed(what, e);
        } catch (TimeoutException e) {
            throw notAnswering(what, timeout, e);
        }
    }

    private synchronized <T> Future<T> submit(String what, Callable<T> call) throws TargetGone {
        if (!isAlive()) {
            throw died(what, null);
        }
        if (!last.isDone()) {
            throw new TargetGone(
                    TargetGone.Kind.NOT_ANSWERING,
                    label + ", " + what + ": expected the call before to be over, found it still waiting");
        }
        Future<T> result = thread.submit(call);
        last = result;
        return result;
    }

    boolean isAlive() {
        return alive.getAsBoolean();
    }

    /// A process that has just been killed answers with an error before it is gone from the process table.
    boolean endsSoon() {
        for (int i = 0; i < 20 && isAlive(); i++) {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(25).toNanos());
        }
        return !isAlive();
    }

    private TargetGone failed(String what, ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof IOException && endsSoon()) {
            return died(what, cause);
        }
        if (!isAlive()) {
            return died(what, cause);
        }
        return new TargetGone(
                TargetGone.Kind.NOT_ANSWERING,
                label + ", " + what + ": expected an answer, found " + firstLine(cause),
                cause);
    }

    private TargetGone notAnswering(String what, Duration timeout, Throwable cause) {
        if (!isAlive()) {
            return died(what, cause);
        }
        return new TargetGone(
                TargetGone.Kind.NOT_ANSWERING,
                label + ", " + what + ": expected an answer within " + timeout.toMillis() + " ms, found none",
                cause);
    }

    private TargetGone died(String what, @org.jspecify.annotations.Nullable Throwable cause) {
        String message = label + ", " + what + ": expected a running JVM, found that it has ended";
        return cause == null
                ? new TargetGone(TargetGone.Kind.DIED, message)
                : new TargetGone(TargetGone.Kind.DIED, message, cause);
    }

    static String firstLine(Throwable cause) {
        String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return text.lines().findFirst().orElse(cause.getClass().getSimpleName()).strip();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
