package io.staunch.collect;

import io.staunch.collect.internal.PerfData;
import io.staunch.detect.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a JVM's performance counters tell of its heap, at no cost to it.
///
/// After each collection, old generation and survivors hold the live set and dead objects that are still in the old
/// one: an upper bound of the live set, whose floor over many collections is what counts. After a full collection it
/// is the live set. ZGC and Shenandoah do not keep these counters in step with their cycles.
final class PerfReadings {
    /// What old generation and survivors held after the last collection, of whatever kind.
    static final Series UPPER_BOUND = Series.LIVE_SET.of("upper bound");

    private static final String SPACE_USED = ".space.%d.used";
    private long collectionsSeen = -1;
    private long fullSeen = -1;

    static Collector collector(PerfData counters) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            counters.text("sun.gc.collector." + i + ".name").ifPresent(names::add);
        }
        return Collector.of(names);
    }

    /// Bytes in use: exact after a collection, else of the last time the JVM wrote it.
    static long heapUsed(PerfData counters) {
        return young(counters) + number(counters, "sun.gc.generation.0.space.0.used") + old(counters);
    }

    static OptionalLong heapCommitted(PerfData counters) {
        long committed = 0;
        for (int generation = 0; generation < 2; generation++) {
            committed += number(counters, "sun.gc.generation." + generation + ".capacity");
        }
        return committed > 0 ? OptionalLong.of(committed) : OptionalLong.empty();
    }

    static long heapMax(PerfData counters) {
        long young = number(counters, "sun.gc.generation.0.maxCapacity");
        long old = number(counters, "sun.gc.generation.1.maxCapacity");
        return switch (collector(counters)) {
            case SERIAL, PARALLEL -> young + old;
            case G1, ZGC, GENERATIONAL_ZGC, SHENANDOAH, EPSILON, UNKNOWN -> Math.max(young, old);
        };
    }

    /// Samples only if a collection has ended since the call before.
    List<Reading> liveSet(Instant now, PerfData counters, boolean fullCollectionsToo) {
        long full = number(counters, "sun.gc.collector.1.invocations");
        long all = number(counters, "sun.gc.collector.0.invocations") + full;
        boolean first = collectionsSeen < 0;
        boolean collected = all != collectionsSeen;
        boolean fully = full != fullSeen;
        collectionsSeen = all;
        fullSeen = full;
        if (first || !collected) {
            return List.of();
        }
        return switch (collector(counters)) {
            case G1, PARALLEL, SERIAL -> {
                long bytes = young(counters) + old(counters);
                List<Reading> readings = new ArrayList<>();
                readings.add(Reading.of(UPPER_BOUND, now, bytes, heapMax(counters)));
                if (fully && fullCollectionsToo) {
                    readings.add(Reading.of(Series.LIVE_SET, now, bytes, heapMax(counters)));
                }
                yield readings;
            }
            case ZGC, GENERATIONAL_ZGC, SHENANDOAH, EPSILON, UNKNOWN -> List.of();
        };
    }

    /// The figures that [HeapReadings] has better, for a JVM that has no connector.
    static List<Reading> others(Instant now, PerfData counters) {
        List<Reading> readings = new ArrayList<>();
        long metaspaceLimit = number(counters, "sun.gc.metaspace.maxCapacity");
        Optional<Reading> metaspace = counters.number("sun.gc.metaspace.used").stream()
                .mapToObj(used -> Reading.of(Series.METASPACE, now, used, metaspaceLimit))
                .findFirst();
        metaspace.ifPresent(readings::add);
        classes(counters).ifPresent(classes -> readings.add(Reading.of(Series.CLASSES, now, classes)));
        return readings;
    }

    static OptionalLong classes(PerfData counters) {
        if (counters.number("java.cls.loadedClasses").isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(number(counters, "java.cls.loadedClasses")
                + number(counters, "java.cls.sharedLoadedClasses")
                - number(counters, "java.cls.unloadedClasses")
                - number(counters, "java.cls.sharedUnloadedClasses"));
    }

    static OptionalLong threads(PerfData counters) {
        return counters.number("java.threads.live");
    }

    /// How many pauses of its collector there have been.
    static OptionalLong collections(PerfData counters) {
        if (counters.number("sun.gc.collector.0.invocations").isEmpty()) {
            return OptionalLong.empty();
        }
        long all = 0;
        for (int i = 0; i < 3; i++) {
            all += number(counters, "sun.gc.collector." + i + ".invocations");
        }
        return OptionalLong.of(all);
    }

    private static long young(PerfData counters) {
        long survivors = 0;
        for (int space = 1; space < 3; space++) {
            survivors += number(counters, "sun.gc.generation.0" + SPACE_USED.formatted(space));
        }
        return survivors;
    }

    private static long old(PerfData counters) {
        return number(counters, "sun.gc.generation.1" + SPACE_USED.formatted(0));
    }

    private static long number(PerfData counters, String name) {
        return counters.number(name).orElse(0);
    }
}
