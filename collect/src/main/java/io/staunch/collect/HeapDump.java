package io.staunch.collect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// A heap dump on our disk, readable by its owner alone. [#close] deletes it; so does the end of this JVM.
///
/// @param file  in a directory of its own
/// @param pause how long the target stood still for it
public record HeapDump(Path file, long bytes, Instant at, Duration pause, boolean live) implements AutoCloseable {
    /// Moves the file to where it is kept; closing then deletes nothing of it.
    public void keepAs(Path target) throws IOException {
        Files.move(file, target);
    }

    @Override
    public void close() {
        try {
            DumpDirectory.delete(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": expected to delete the dump, found " + e.getMessage(), e);
        }
    }
}
