package io.staunch.collect;

import io.staunch.collect.internal.Mapping;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a JVM's resident memory is, in bytes: growth of [#otherAnonymous] is native growth, growth of [#heap] under a
/// flat live set is only the heap being touched.
///
/// @param heap           inside the Java heap
/// @param threadStacks   stacks of all threads
/// @param fileMapped     libraries, jars, class-data archives, mapped buffers
/// @param otherAnonymous malloc, direct buffers, metaspace, code cache, collector's tables
public record NativeSplit(Instant at, long heap, long threadStacks, long fileMapped, long otherAnonymous) {
    private static final long LARGEST_GUARD = 128 << 10;
    private static final long LARGEST_STACK = 64 << 20;
    private static final long SMALLEST_STACK = 64 << 10;

    public long total() {
        return heap + threadStacks + fileMapped + otherAnonymous;
    }

    /// From the mappings of `/proc/PID/smaps`, in the order of their addresses.
    static NativeSplit of(Instant at, List<Mapping> mappings, HeapRange range) {
        long heap = 0;
        long stacks = 0;
        long files = 0;
        long other = 0;
        Mapping before = null;
        for (Mapping mapping : mappings) {
            if (isNamedHeap(mapping)) {
                heap += mapping.proportional();
            } else if (range.contains(mapping)) {
                heap += mapping.resident();
            } else if (isStack(mapping, before)) {
                stacks += mapping.resident();
            } else if (mapping.isFile()) {
                files += mapping.resident();
            } else {
                other += mapping.resident();
            }
            before = mapping;
        }
        return new NativeSplit(at, heap, stacks, files, other);
    }

    /// ZGC's heap has a name, and in versions before 21 three addresses for each page.
    private static boolean isNamedHeap(Mapping mapping) {
        return mapping.name().contains("java_heap");
    }

    /// A stack lies right above its guard pages. (malloc's arenas are the other way round: their guard is the part
    /// above that is not used yet.)
    private static boolean isStack(Mapping mapping, @Nullable Mapping before) {
        return mapping.name().startsWith("[stack")
                || (before != null
                        && mapping.isWritable()
                        && !mapping.isFile()
                        && before.isGuard()
                        && before.size() <= LARGEST_GUARD
                        && before.end() == mapping.start()
                        && mapping.size() >= SMALLEST_STACK
                        && mapping.size() <= LARGEST_STACK);
    }
}
