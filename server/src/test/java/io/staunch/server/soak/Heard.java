package io.staunch.server.soak;

import io.staunch.collect.Target;
import io.staunch.server.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// What a test heard of its soak.
final class Heard implements SoakListener {
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile Path logs = Path.of("not-started");

    @Override
    public void starting(Path place) {
        logs = place;
    }

    @Override
    public void waits(SideName side) {
        // It will be ready, or an error says so.
    }

    @Override
    public void ready(SideName side, Target target) {
        // The result has it.
    }

    @Override
    public void begins(SoakPlan plan) {
        begun.countDown();
    }

    @Override
    public void told(SideName side, Progress progress) {
        // The result has it.
    }

    Path logs() {
        return logs;
    }

    void deleteLogs() throws IOException {
        if (Files.isDirectory(logs)) {
            try (Stream<Path> files = Files.list(logs)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(logs);
        }
    }

    void awaitBegin() {
        try {
            begun.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The processes that still print to the folder of this soak.
    List<ProcessHandle> leftOver() {
        return ProcessHandle.allProcesses().filter(this::printsThere).toList();
    }

    private boolean printsThere(ProcessHandle process) {
        try {
            Path output = Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "fd", "1"));
            return output.toString().startsWith(logs.toString());
        } catch (IOException e) {
            return false;
        }
    }
}
