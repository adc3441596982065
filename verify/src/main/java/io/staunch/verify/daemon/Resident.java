package io.staunch.verify.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a process holds in memory, by `/proc`.
final class Resident {
    private Resident() {}

    /// In bytes.
    static long of(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException("expected VmRSS of process " + pid + ", found none");
    }
}
