package io.staunch.cli.heap;

import io.staunch.cli.Unreadable;
import io.staunch.heap.Heap;
import io.staunch.heap.HeapFormatException;
import io.staunch.heap.OpenOptions;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// What the heap verbs share: opening with progress on standard error, one line for what went wrong, JSON.
final class Dumps {
    private Dumps() {}

    @SuppressWarnings("SystemConsoleNull") // absent when input or output is no terminal
    private static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    static Heap open(Path file) throws IOException, Unreadable {
        return open(file, Optional.empty(), Optional.empty());
    }

    /// Opens a dump.
    ///
    /// @param memory limits how many bytes may be held; empty to go by what is free
    /// @param indexes where an index of it may have been kept; empty to do without
    static Heap open(Path file, Optional<Long> memory, Optional<Path> indexes) throws IOException, Unreadable {
        if (Files.isDirectory(file)) {
            throw new Unreadable(file + ": expected a heap dump, found a folder");
        }
        OpenOptions limited =
                memory.map(most -> OpenOptions.defaults().withMemory(most)).orElseGet(OpenOptions::defaults);
        OpenOptions options = indexes.map(limited::withIndexes).orElse(limited);
        return Heap.open(file, isTerminal() ? options.withProgress(new ProgressLine(System.err)) : options);
    }

    static Unreadable unreadable(Path file, IOException e) {
        return switch (e) {
            case HeapFormatException format -> new Unreadable(String.valueOf(format.getMessage()), format);
            case NoSuchFileException missing ->
                new Unreadable(missing.getMessage() + ": expected a file, found nothing there", missing);
            case AccessDeniedException denied ->
                new Unreadable(denied.getMessage() + ": expected to be allowed to open it, found no right to", denied);
            case FileAlreadyExistsException exists ->
                new Unreadable(exists.getMessage() + ": expected no such file yet, found one", exists);
            default -> new Unreadable(file + ": " + e.getMessage(), e);
        };
    }
}
