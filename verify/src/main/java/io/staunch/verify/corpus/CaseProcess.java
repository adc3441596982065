package io.staunch.verify.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The JVM of a case, from its start to its end.
///
/// @param process the JVM itself, for the corpus' `run` becomes it
/// @param log     what it says
record CaseProcess(Process process, Path log) implements AutoCloseable {
    private static final Duration TO_READY = Duration.ofMinutes(4);
    private static final long POLL_MILLIS = 200;
    private static final long SECONDS_TO_END = 5;

    /// How cases are started.
    ///
    /// @param corpus     the folder with the cases and their `run`
    /// @param jdk        the JDK that runs the case; blank for the default
    /// @param jvmOptions options of the case's JVM
    /// @param lasting    how long a case lives at most
    /// @param work       where build output and logs go
    record Setting(Path corpus, String jdk, List<String> jvmOptions, Duration lasting, Path work) {}

    static CaseProcess start(LeakCase leak, Setting setting) throws IOException {
        Path log = setting.work.resolve(leak.id() + "-" + leak.version() + ".log");
        List<String> command =
                new ArrayList<>(List.of(setting.corpus.resolve("run").toString(), leak.id(), leak.version()));
        command.addAll(setting.jvmOptions);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("OUT", setting.work.resolve("build").toString());
        builder.environment().put("SECONDS_TO_RUN", Long.toString(setting.lasting.toSeconds()));
        if (!setting.jdk.isEmpty()) {
            builder.environment().put("JAVA_HOME_CASE", setting.jdk);
        }
        return new CaseProcess(builder.start(), log);
    }

    /// Waits until the case says `ready`; false when it ends before or takes too long.
    boolean isReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TO_READY.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            if (Files.readString(log, StandardCharsets.ISO_8859_1).lines().anyMatch("ready"::equals)) {
                return true;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return false;
    }

    long pid() {
        return process.pid();
    }

    String lastLine() throws IOException {
        return lastLine(log);
    }

    static String lastLine(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1).lines().reduce("", (before, line) -> line);
    }

    static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            end(process);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
