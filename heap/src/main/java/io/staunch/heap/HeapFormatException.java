package io.staunch.heap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/// The file is no heap dump, or breaks off before anything can be said about it.
/// The message names the file, the byte, what was expected there and what was found.
public final class HeapFormatException extends IOException {
    private final long position;

    public HeapFormatException(Path file, long position, String expected, String found) {
        super(String.format(
                Locale.ROOT,
                "%s at byte %d (0x%x): expected %s, found %s",
                file.getFileName(),
                position,
                position,
                expected,
                found));
        this.position = position;
    }

    /// Offset in the file, in bytes from its start.
    public long position() {
        return position;
    }
}
