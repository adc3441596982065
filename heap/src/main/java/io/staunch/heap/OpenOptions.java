package io.staunch.heap;

import io.staunch.heap.internal.memory.Memory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// How a dump is opened.
///
/// @param threads how many threads may compute
/// @param progress told what is being done and how far it is
/// @param memoryBytes how much anonymous memory this process may hold for it; what does not fit goes to temporary
/// files.
/// Empty: at most 24 bytes an object and half of what is free
/// @param folder for temporary files, which have no name while they are in use
/// @param indexes a folder of indexes that [Heap#keepIndex()] has kept; empty to look for none
public record OpenOptions(
        int threads, Progress progress, OptionalLong memoryBytes, Path folder, Optional<Path> indexes) {
    /// Told of progress, from whichever thread makes it.
    @FunctionalInterface
    public interface Progress {
        /// A phase begins.
        void phase(String name);

        /// How far the phase is; some times a second at most, and never when its end can't be told. `unit` is what is
        /// counted, such as `bytes` or `objects`.
        default void done(long done, long total, String unit) {}

        /// The last phase is over.
        default void over() {}
    }

    public OpenOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("expected at least 1 thread, found " + threads);
        }
        if (memoryBytes.isPresent() && memoryBytes.getAsLong() < 0) {
            throw new IllegalArgumentException("expected a size in bytes, found " + memoryBytes.getAsLong());
        }
    }

    /// All cores, no word of progress, memory by what is free, no kept indexes.
    public static OpenOptions defaults() {
        return new OpenOptions(
                Runtime.getRuntime().availableProcessors(),
                phase -> {},
                OptionalLong.empty(),
                Memory.usualFolder(),
                Optional.empty());
    }

    public OpenOptions withThreads(int most) {
        return new OpenOptions(most, progress, memoryBytes, folder, indexes);
    }

    public OpenOptions withProgress(Progress listener) {
        return new OpenOptions(threads, listener, memoryBytes, folder, indexes);
    }

    public OpenOptions withMemory(long mostBytes) {
        return new OpenOptions(threads, progress, OptionalLong.of(mostBytes), folder, indexes);
    }

    public OpenOptions withFolder(Path temporaryFiles) {
        return new OpenOptions(threads, progress, memoryBytes, temporaryFiles, indexes);
    }

    public OpenOptions withIndexes(Path keptIndexes) {
        return new OpenOptions(threads, progress, memoryBytes, folder, Optional.of(keptIndexes));
    }
}
