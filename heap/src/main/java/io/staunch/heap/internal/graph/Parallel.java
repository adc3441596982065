package io.staunch.heap.internal.graph;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Work in numbered pieces on all cores. Each thread makes its own worker, takes the next piece until none is left,
/// and stops at the first failure. An interrupt of the caller ends all of them.
public final class Parallel {
    /// One thread's share of the work.
    public interface Worker {
        void piece(int number) throws IOException;

        /// Called once on the worker's thread after its last piece.
        default void finish() {}
    }

    private static final int STRETCH = 1 << 20;

    private Parallel() {}

    /// Runs pieces 0 to `pieces` - 1, on at most `threads` threads.
    public static void run(int pieces, int threads, Supplier<? extends Worker> workers) throws IOException {
        int used = Math.max(1, Math.min(pieces, threads));
        if (used == 1) {
            alone(pieces, workers.get());
            return;
        }
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(
                used, Thread.ofPlatform().daemon().name("heap-", 0).factory());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int t = 0; t < used; t++) {
                running.add(pool.submit(() -> {
                    Worker worker = workers.get();
                    for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
                        if (Thread.interrupted()) {
                            throw new InterruptedIOException("interrupted");
                        }
                        worker.piece(piece);
                    }
                    worker.finish();
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while analysing").initCause(e);
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNullElse(e.getCause(), e));
        } finally {
            next.set(pieces);
            pool.shutdownNow();
            pool.close();
        }
    }

    /// Work on a stretch of numbers, `to` excluded.
    @FunctionalInterface
    public interface Range {
        void run(int from, int to);
    }

    /// Runs over the numbers from 0 in stretches of a million, on at most `threads` threads.
    ///
    /// @throws CancellationException when the caller was interrupted
    public static void ranges(int size, int threads, Range work) {
        int pieces = (int) (((long) size + STRETCH - 1) / STRETCH);
        try {
            run(
                    pieces,
                    threads,
                    () -> piece -> work.run(piece * STRETCH, (int) Math.min(size, (piece + 1L) * STRETCH)));
        } catch (IOException e) {
            throw (CancellationException) new CancellationException("interrupted while analysing").initCause(e);
        }
    }

    private static void alone(int pieces, Worker worker) throws IOException {
        for (int piece = 0; piece < pieces; piece++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while analysing");
            }
            worker.piece(piece);
        }
        worker.finish();
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof IOException io) {
            return io;
        }
        if (cause instanceof RuntimeException wrong) {
            throw wrong;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IOException("heap analysis failed", cause);
    }
}
