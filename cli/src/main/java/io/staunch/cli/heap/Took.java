package io.staunch.cli.heap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/// What an analysis cost: wall time, and the most memory that the process held, the mapped dump included.
final class Took {
    private final long startNanos = System.nanoTime();

    private Took() {}

    /// @param peakResidentBytes empty where the system does not say
    record Figures(long millis, OptionalLong peakResidentBytes) {}

    static Took start() {
        return new Took();
    }

    Figures stop() {
        return new Figures((System.nanoTime() - startNanos) / 1_000_000, peakResidentBytes());
    }

    private static OptionalLong peakResidentBytes() {
        try {
            List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
            return status.stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
