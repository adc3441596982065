package io.staunch.shop.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A process by id and start time, so that another one that was later given the same id is never taken for it.
record KnownProcess(long pid, Instant startedAt) {
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(1);

    static KnownProcess of(ProcessHandle handle) {
        return new KnownProcess(handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
    }

    /// The process as long as it runs.
    Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isThis);
    }

    private boolean isThis(ProcessHandle handle) {
        Instant started = handle.info().startInstant().orElse(Instant.EPOCH);
        return Duration.between(startedAt, started).abs().compareTo(CLOCK_TOLERANCE) <= 0;
    }

    boolean alive() {
        return running().isPresent();
    }

    /// Asks the process to end, and ends it by force when it has not done so in time.
    void stop(Duration patience) throws InterruptedException {
        Optional<ProcessHandle> handle = running();
        if (handle.isEmpty()) {
            return;
        }
        handle.get().destroy();
        if (!ends(handle.get(), patience)) {
            handle.get().destroyForcibly();
            ends(handle.get(), patience);
        }
    }

    private static boolean ends(ProcessHandle handle, Duration patience) throws InterruptedException {
        try {
            handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return !handle.isAlive();
        }
    }
}
