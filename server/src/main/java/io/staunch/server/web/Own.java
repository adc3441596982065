package io.staunch.server.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What this very process takes.
final class Own {
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private Own() {}

    /// Absent where there is no `/proc`.
    static OptionalLong residentBytes() {
        try {
            Matcher line = RESIDENT.matcher(Files.readString(Path.of("/proc/self/status")));
            return line.find() ? OptionalLong.of(Long.parseLong(line.group(1)) << 10) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    static Optional<Duration> cpu() {
        return ProcessHandle.current().info().totalCpuDuration();
    }
}
