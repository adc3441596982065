package io.staunch.cli.heap;

import io.staunch.diagnose.Figures;
import io.staunch.heap.Heap;
import io.staunch.heap.KeptIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where `staunch heap` keeps indexes between runs, and what it says of them on standard error.
final class Indexes {
    /// Smaller dumps are analysed in a second or two anyway.
    private static final long LEAST_DUMP_BYTES = 16L << 20;

    private Indexes() {}

    /// The folder for the index of a dump; empty when none is wanted or worth it.
    ///
    /// @param chosen by the user; then for a dump of any size
    static Optional<Path> folderFor(Path dump, Optional<Path> chosen) throws IOException {
        if (chosen.isPresent()) {
            return chosen;
        }
        boolean large = Files.isRegularFile(dump) && Files.size(dump) >= LEAST_DUMP_BYTES;
        return large ? usualFolder(System.getenv(), System.getProperty("user.home", "")) : Optional.empty();
    }

    /// `$XDG_CACHE_HOME/staunch/heap`, else `~/.cache/staunch/heap`; empty where neither is known.
    static Optional<Path> usualFolder(Map<String, String> environment, String home) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        if (cache.startsWith("/")) {
            return Optional.of(Path.of(cache, "staunch", "heap"));
        }
        return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".cache", "staunch", "heap"));
    }

    static void sayUsed(KeptIndex index) {
        System.err.println("staunch: opened with the index in " + describe(index) + "; --no-cache does without");
    }

    /// Keeps the index of a heap that has none yet; that it can't be kept is told and harms nothing.
    static void keep(Heap heap) {
        if (heap.index().isPresent()) {
            return;
        }
        try {
            heap.keepIndex();
            heap.index()
                    .ifPresent(index -> System.err.println("staunch: kept an index, for opening this dump again, in "
                            + describe(index) + "; --no-cache keeps none"));
        } catch (IOException e) {
            System.err.println("staunch: no index kept for opening this dump again: " + e.getMessage());
        }
    }

    private static String describe(KeptIndex index) {
        return index.file() + " (" + Figures.bytes(index.bytes()) + ")";
    }
}
