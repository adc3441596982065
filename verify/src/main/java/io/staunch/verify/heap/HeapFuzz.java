package io.staunch.verify.heap;

import com.sun.management.OperatingSystemMXBean;
import io.staunch.heap.Heap;
import io.staunch.heap.HeapFormatException;
import io.staunch.heap.OpenOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// The target of `verify/run fuzz-heap`: any bytes at all are analysed or refused with a [HeapFormatException]; nothing
/// else may come out, and memory and processor time stay bounded.
public final class HeapFuzz {
    private static final int ROWS = 3;
    private static final Duration MOST_AN_INPUT = Duration.ofSeconds(20);
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private HeapFuzz() {}

    /// Called by Jazzer with each input.
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        long start = SYSTEM.getProcessCpuTime();
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
            Duration spent = Duration.ofNanos(SYSTEM.getProcessCpuTime() - start);
            if (spent.compareTo(MOST_AN_INPUT) > 0) {
                System.err.println("expected at most " + MOST_AN_INPUT + " of processor time, found " + spent);
                System.exit(1);
            }
        }
    }
}
