package io.staunch.collect;

import io.staunch.collect.internal.Mapping;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The addresses that a JVM has reserved for its heap; empty for ZGC, whose heap has a name instead.
record HeapRange(long start, long end) {
    static final HeapRange NONE = new HeapRange(0, 0);
    private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]{6,16})");

    /// From the text of `GC.heap_info`, where each generation has its bounds: `[0x…f8000000, 0x…100000000)`.
    static HeapRange parse(String heapInfo) {
        long start = Long.MAX_VALUE;
        long end = 0;
        Matcher addresses = ADDRESS.matcher(heapInfo);
        while (addresses.find()) {
            long address = Long.parseUnsignedLong(addresses.group(1), 16);
            start = Math.min(start, address);
            end = Math.max(end, address);
        }
        return end > start ? new HeapRange(start, end) : NONE;
    }

    boolean isEmpty() {
        return end == start;
    }

    boolean contains(Mapping mapping) {
        return mapping.start() >= start && mapping.end() <= end;
    }
}
