package io.staunch.heap;

import java.util.List;
import java.util.Map;

/// What a heap dump says at a glance. Sizes are bytes in the running heap.
///
/// @param file the dump's file name
/// @param objects all objects in the dump, class objects included
/// @param bytes their size
/// @param reachable objects that roots reach; weakly reachable ones do not count
/// @param reachableBytes their size
/// @param classes loaded classes
/// @param roots garbage-collection roots as the dump lists them
/// @param rootsByKind the same, by kind
/// @param layout how the JVM laid out its objects
/// @param biggest objects by what they retain, most first
/// @param histogram types by what all their instances together retain, most first
/// @param suspects what piles up, the most suspicious first
/// @param warnings where the dump is damaged
public record HeapReport(
        String file,
        long objects,
        long bytes,
        long reachable,
        long reachableBytes,
        long classes,
        long roots,
        Map<String, Long> rootsByKind,
        HeapLayout layout,
        List<BigObject> biggest,
        List<TypeUse> histogram,
        List<LeakSuspect> suspects,
        List<String> warnings) {
    /// An object that keeps much alive.
    ///
    /// @param id its address in the dump
    /// @param label what it is in words where its type does not say enough: a class or a thread; else
    /// empty
    public record BigObject(long id, String type, String label, long shallow, long retained) {}

    /// All instances of a type.
    ///
    /// @param instances all in the dump, reachable or not
    /// @param shallow their own size
    /// @param retained size kept alive by all reachable instances together
    public record TypeUse(String type, long instances, long shallow, long retained) {}
}
