package io.staunch.verify.heap;

import io.staunch.heap.Heap;
import io.staunch.heap.HeapFormatException;
import io.staunch.heap.OpenOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The target of `verify/run fuzz-heap`: any bytes at all are analysed or refused with a [HeapFormatException]; nothing
/// else may come out, and memory stays bounded.
public final class HeapFuzz {
    private static final int ROWS = 3;

    private HeapFuzz() {}

    /// Called by Jazzer with each input.
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Path file = Files.createTempFile("fuzz", ".hprof");
        try {
            Files.write(file, input);
            try (Heap heap = Heap.open(file, OpenOptions.defaults().withThreads(1))) {
                heap.report(ROWS);
            }
            Heap.histogram(file, OpenOptions.defaults().withThreads(1));
        } catch (HeapFormatException expected) {
            return;
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
