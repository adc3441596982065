package io.staunch.heap.internal.index;

import io.staunch.heap.internal.bytes.Outline;
import java.util.List;
import java.util.Map;

/// What the first pass over a dump found.
///
/// @param ids all objects, class objects included
/// @param types all classes, linked
/// @param roots in the order of the dump
/// @param traceOfThread thread serial → serial of its stack trace
/// @param threadObjects thread serial → id of its java.lang.Thread
/// @param chunks stretches of whole sub-records, a few MiB each, for parallel passes
/// @param warnings damage met on the way
public record HeapIndex(
        ObjectIds ids,
        TypeTable types,
        List<Root> roots,
        Map<Integer, Integer> traceOfThread,
        Map<Integer, Long> threadObjects,
        List<Outline.Stretch> chunks,
        List<String> warnings) {}
