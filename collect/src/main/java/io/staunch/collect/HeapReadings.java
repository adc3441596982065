package io.staunch.collect;

import io.staunch.collect.internal.PerfData;
import io.staunch.detect.Series;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/// Heap, metaspace, classes, threads and buffers from a JVM's platform MBeans.
///
/// The live set is the sum of the heap pools' `CollectionUsage`, and is a sample only when a collection that cleans the
/// old generation (full, mixed, concurrent, major) has ended since the reading before: in between, the beans repeat the
/// old figure, and what a young collection leaves is not all alive. Of generational ZGC only the old generation counts,
/// the young one's figure holds what was allocated during the cycle. The `Pauses` beans of ZGC and Shenandoah are
/// passed over: they report nothing.
final class HeapReadings {
    private static final ObjectName MEMORY = Jmx.name("java.lang:type=Memory");
    private static final ObjectName CLASSES = Jmx.name("java.lang:type=ClassLoading");
    private static final ObjectName THREADS = Jmx.name("java.lang:type=Threading");
    private static final ObjectName DIRECT = Jmx.name("java.nio:type=BufferPool,name=direct");
    private static final ObjectName MAPPED = Jmx.name("java.nio:type=BufferPool,name=mapped");

    private final Jmx jmx;
    private final Map<String, ObjectName> heapPools = new LinkedHashMap<>();
    private final List<ObjectName> cleaners = new ArrayList<>();
    private final Collector collector;
    private final ObjectName metaspace;
    private List<Long> collectionsSeen = List.of();
    private OptionalLong countersSeen = OptionalLong.empty();
    private long oldAfterSeen = -1;
    private long heapUsed;
    private long heapCommitted;
    private long heapMax;
    private OptionalLong otherPools = OptionalLong.empty();

    HeapReadings(Jmx jmx) throws IOException {
        this.jmx = jmx;
        this.metaspace = Jmx.name("java.lang:type=MemoryPool,name=Metaspace");
        for (ObjectName pool : jmx.names("java.lang:type=MemoryPool,*")) {
            if ("HEAP".equals(jmx.attributes(pool, "Type").get("Type"))) {
                heapPools.put(pool.getKeyProperty("name"), pool);
            }
        }
        List<String> names = new ArrayList<>();
        for (ObjectName bean : jmx.names("java.lang:type=GarbageCollector,*")) {
            String name = bean.getKeyProperty("name");
            names.add(name);
            if (cleansOldGeneration(name)) {
                cleaners.add(bean);
            }
        }
        this.collector = Collector.of(names);
    }

    private static boolean cleansOldGeneration(String bean) {
        return switch (bean) {
            case "G1 Old Generation",
                    "G1 Concurrent GC",
                    "PS MarkSweep",
                    "MarkSweepCompact",
                    "ConcurrentMarkSweep",
                    "ZGC Cycles",
                    "ZGC Major Cycles",
                    "Shenandoah Cycles" -> true;
            default -> false;
        };
    }

    static boolean isOldPool(String pool) {
        return pool.contains("Old Gen")
                || pool.contains("Tenured Gen")
                || pool.equals("ZHeap")
                || pool.equals("Shenandoah");
    }

    Collector collector() {
        return collector;
    }

    /// As of the last reading, bytes.
    long heapUsed() {
        return heapUsed;
    }

    long heapCommitted() {
        return heapCommitted;
    }

    long heapMax() {
        return heapMax;
    }

    /// Metaspace and compiled code, committed.
    OptionalLong otherPools() {
        return otherPools;
    }

    /// @param counters where they can be read, what they know is not asked for: each question costs the target CPU
    List<Reading> read(Instant now, Optional<PerfData> counters) throws IOException {
        List<Reading> readings = new ArrayList<>();
        Map<String, Object> memory = jmx.attributes(MEMORY, "HeapMemoryUsage", "NonHeapMemoryUsage");
        if (memory.get("NonHeapMemoryUsage") instanceof CompositeData other) {
            otherPools = OptionalLong.of(bytes(other, "committed"));
        }
        if (memory.get("HeapMemoryUsage") instanceof CompositeData heap) {
            heapUsed = bytes(heap, "used");
            heapCommitted = bytes(heap, "committed");
            heapMax = bytes(heap, "max");
            readings.add(Reading.of(Series.HEAP_USED, now, heapUsed, heapMax));
        }
        if (mayHaveCollected(counters)) {
            readings.addAll(liveSet(now));
        }
        if (jmx.attributes(metaspace, "Usage").get("Usage") instanceof CompositeData usage) {
            readings.add(Reading.of(Series.METASPACE, now, bytes(usage, "used"), bytes(usage, "max")));
        }
        OptionalLong classes = counters.map(PerfReadings::classes).orElse(OptionalLong.empty());
        if (classes.isPresent()) {
            readings.add(Reading.of(Series.CLASSES, now, classes.getAsLong()));
        } else {
            count(readings, Series.CLASSES, now, CLASSES, "LoadedClassCount");
        }
        OptionalLong threads = counters.map(PerfReadings::threads).orElse(OptionalLong.empty());
        if (threads.isPresent()) {
            readings.add(Reading.of(Series.THREADS, now, threads.getAsLong()));
        } else {
            count(readings, Series.THREADS, now, THREADS, "ThreadCount");
        }
        count(readings, Series.DIRECT_BUFFERS, now, DIRECT, "MemoryUsed");
        count(readings, Series.MAPPED_BUFFERS, now, MAPPED, "MemoryUsed");
        return readings;
    }

    private void count(List<Reading> readings, Series series, Instant now, ObjectName bean, String attribute)
            throws IOException {
        if (jmx.attributes(bean, attribute).get(attribute) instanceof Number value && value.longValue() >= 0) {
            readings.add(Reading.of(series, now, value.longValue()));
        }
    }

    /// Concurrent cycles end some time after the last pause that the counters count: of these collectors the beans are
    /// always asked.
    private boolean mayHaveCollected(Optional<PerfData> counters) {
        OptionalLong seen = counters.map(PerfReadings::collections).orElse(OptionalLong.empty());
        boolean changed = seen.isEmpty() || !seen.equals(countersSeen);
        countersSeen = seen;
        return switch (collector) {
            case G1, PARALLEL, SERIAL -> changed;
            case ZGC, GENERATIONAL_ZGC, SHENANDOAH, EPSILON, UNKNOWN -> true;
        };
    }

    private List<Reading> liveSet(Instant now) throws IOException {
        Map<String, CompositeData> after = afterCollection();
        List<Long> collections = new ArrayList<>();
        for (ObjectName cleaner : cleaners) {
            if (jmx.attributes(cleaner, "CollectionCount").get("CollectionCount") instanceof Long count) {
                collections.add(count);
            }
        }
        long oldAfter = after.entrySet().stream()
                .filter(pool -> isOldPool(pool.getKey()))
                .mapToLong(pool -> bytes(pool.getValue(), "used"))
                .sum();
        boolean first = oldAfterSeen < 0;
        boolean collected = !collections.equals(collectionsSeen) || oldAfter != oldAfterSeen;
        collectionsSeen = collections;
        oldAfterSeen = oldAfter;
        return first || !collected || oldAfter == 0 ? List.of() : samples(now, after);
    }

    private List<Reading> samples(Instant now, Map<String, CompositeData> after) {
        List<Reading> readings = new ArrayList<>();
        long live = 0;
        for (Map.Entry<String, CompositeData> pool : after.entrySet()) {
            long used = bytes(pool.getValue(), "used");
            if (collector != Collector.GENERATIONAL_ZGC || isOldPool(pool.getKey())) {
                live += used;
            }
            readings.add(Reading.of(Series.LIVE_SET.of(pool.getKey()), now, used, bytes(pool.getValue(), "max")));
        }
        readings.addFirst(Reading.of(Series.LIVE_SET, now, live, heapMax));
        return readings;
    }

    private Map<String, CompositeData> afterCollection() throws IOException {
        Map<String, CompositeData> usages = new LinkedHashMap<>();
        for (Map.Entry<String, ObjectName> pool : heapPools.entrySet()) {
            if (jmx.attributes(pool.getValue(), "CollectionUsage").get("CollectionUsage")
                    instanceof CompositeData usage) {
                usages.put(pool.getKey(), usage);
            }
        }
        return usages;
    }

    private static long bytes(CompositeData usage, String key) {
        return usage.get(key) instanceof Long bytes ? bytes : -1;
    }
}
