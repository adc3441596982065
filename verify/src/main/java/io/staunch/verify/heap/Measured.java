package io.staunch.verify.heap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What one run of a process cost, read from `/proc` every 20 ms while it ran.
///
/// @param exitCode as the process ended; [#TIMED_OUT] when it was stopped
/// @param cpu user and system time of all its threads
/// @param peakResidentBytes the most resident memory, mapped files included
/// @param peakAnonymousBytes the most anonymous resident memory
record Measured(int exitCode, Duration wall, Duration cpu, long peakResidentBytes, long peakAnonymousBytes) {
    static final int TIMED_OUT = -1;
    private static final long POLL_MILLIS = 20;
    private static final long MILLIS_A_TICK = 10;

    /// Runs a command to its end, its output to files beside `log`.
    static Measured run(List<String> command, Path folder, Path log, Duration atMost)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(log.toFile())
                .redirectError(log.resolveSibling(log.getFileName() + ".err").toFile())
                .start();
        long resident = 0;
        long anonymous = 0;
        long cpuMillis = 0;
        while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            resident = Math.max(resident, status(process.pid(), "VmHWM:"));
            anonymous = Math.max(anonymous, status(process.pid(), "RssAnon:"));
            cpuMillis = Math.max(cpuMillis, cpuMillis(process.pid()));
            if (System.nanoTime() - start > atMost.toNanos()) {
                process.destroyForcibly().waitFor();
                return new Measured(TIMED_OUT, atMost, Duration.ofMillis(cpuMillis), resident, anonymous);
            }
        }
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        return new Measured(process.exitValue(), wall, Duration.ofMillis(cpuMillis), resident, anonymous);
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private static long status(long pid, String key) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith(key))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }

    /// User and system time: fields 14 and 15 of `/proc/PID/stat`, counted behind the command's closing parenthesis.
    private static long cpuMillis(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) * MILLIS_A_TICK;
        } catch (IOException gone) {
            return 0;
        }
    }
}
