package io.staunch.heap;

import java.util.List;

/// What a heap dump holds, counted by type: made in one pass, without references. Sizes are bytes in the running heap.
///
/// @param file the dump's file name
/// @param objects all objects in the dump, class objects included
/// @param bytes their size
/// @param layout how the JVM laid out its objects
/// @param types largest first
/// @param warnings where the dump is damaged
public record HeapHistogram(
        String file, long objects, long bytes, HeapLayout layout, List<TypeCount> types, List<String> warnings) {
    public HeapHistogram {
        types = List.copyOf(types);
        warnings = List.copyOf(warnings);
    }

    /// All instances of a type.
    public record TypeCount(String type, long instances, long bytes) {}
}
