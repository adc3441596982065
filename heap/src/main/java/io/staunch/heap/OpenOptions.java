package io.staunch.heap;

/// How a dump is opened.
///
/// @param threads how many threads may compute
/// @param progress told what is being done and how far it is
public record OpenOptions(int threads, Progress progress) {
    /// Told of progress, from the thread that opened the heap.
    @FunctionalInterface
    public interface Progress {
        /// A phase begins.
        void phase(String name);
    }

    public OpenOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("expected at least 1 thread, found " + threads);
        }
    }

    /// All cores, no word of progress.
    public static OpenOptions defaults() {
        return new OpenOptions(Runtime.getRuntime().availableProcessors(), phase -> {});
    }

    public OpenOptions withProgress(Progress listener) {
        return new OpenOptions(threads, listener);
    }
}
