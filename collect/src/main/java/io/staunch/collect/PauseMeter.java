package io.staunch.collect;

import io.staunch.collect.internal.PerfData;
import io.staunch.collect.internal.ProcFs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// How long a target stands still while it does something for us: the growth of its own count of time in safepoints,
/// at most the time that the request took. Pauses of its collector that fall into that time are counted with it, so
/// the figure errs on the high side. A target without performance counters gives the time of the request.
final class PauseMeter {
    private final Optional<Path> counters;

    PauseMeter(ProcFs proc, long pid) {
        this.counters = PerfData.fileOf(proc, pid);
    }

    Running start() {
        return new Running(System.nanoTime(), paused());
    }

    private OptionalLong paused() {
        return counters.flatMap(PerfData::read).map(PerfData::pausedNanos).orElse(OptionalLong.empty());
    }

    final class Running {
        private final long started;
        private final OptionalLong before;

        private Running(long started, OptionalLong before) {
            this.started = started;
            this.before = before;
        }

        Duration stop() {
            long took = System.nanoTime() - started;
            OptionalLong after = paused();
            if (before.isEmpty() || after.isEmpty()) {
                return Duration.ofNanos(took);
            }
            return Duration.ofNanos(Math.clamp(after.getAsLong() - before.getAsLong(), 0, took));
        }
    }
}
