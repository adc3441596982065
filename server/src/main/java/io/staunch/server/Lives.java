package io.staunch.server;

import io.staunch.collect.Reading;
import io.staunch.collect.Target;
import java.nio.BufferUnderflowException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers of each service how an earlier life of it went that was well, and lets a process that nothing is known of
/// begin with that: what fills as it did then, at the same uptime, is no leak. Lives of before this process was started
/// are not known. All else goes to the archive behind it. Safe for several threads.
public final class Lives implements Archive {
    private final Archive archive;
    private final WatchPlan plan;
    /// By service; the latest book of each process.
    private final Map<String, Life> last = new ConcurrentHashMap<>();

    /// The latest book of one process; nobody changes the array.
    private static final class Life {
        private final String target;
        private final byte[] book;

        Life(String target, byte[] book) {
            this.target = target;
            this.book = book;
        }
    }

    /// @param plan tells what a process is an instance of
    public Lives(Archive archive, WatchPlan plan) {
        this.archive = archive;
        this.plan = plan;
    }

    @Override
    public Optional<Remembered> remembered(Target target) {
        Optional<Remembered> own = archive.remembered(target);
        return own.isPresent() ? own : service(target).flatMap(service -> successor(service, target));
    }

    private Optional<Remembered> successor(String service, Target target) {
        Life life = last.get(service);
        if (life == null || life.target.equals(target.id())) {
            return Optional.empty();
        }
        try {
            return SeriesBook.successor(life.book, Instant.now()).map(book -> new Remembered(book, Map.of()));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    @Override
    public void read(Target target, String service, List<Reading> readings) {
        archive.read(target, service, readings);
    }

    /// A life that is not well, or of which that can't be told yet, does not take the place of one that was.
    @Override
    public void learned(Target target, byte[] book) {
        archive.learned(target, book);
        String id = target.id();
        service(target)
                .ifPresent(service -> last.compute(service, (_, life) -> {
                    boolean other = life != null && !life.target.equals(id);
                    return other && !SeriesBook.isWell(book) ? life : new Life(id, book);
                }));
    }

    private Optional<String> service(Target target) {
        return plan.courseFor(target).map(WatchPlan.Course::service);
    }
}
