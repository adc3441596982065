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
/// @param packages packages by what the instances of their classes together retain, most first
/// @param loaders class loaders by what their classes and their instances retain, most first
/// @param libraries libraries, the application and the JDK by the same
/// @param threads live threads by what they retain, most first
/// @param unreachable what nothing holds
/// @param suspects what piles up, the most suspicious first
/// @param findings known troubles, and what is outside the heap, most bytes first
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
        List<GroupUse> packages,
        List<GroupUse> loaders,
        List<GroupUse> libraries,
        List<ThreadUse> threads,
        Unreachable unreachable,
        List<LeakSuspect> suspects,
        List<Finding> findings,
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

    /// All reachable instances of a group of classes.
    ///
    /// @param classes how many classes the group has
    /// @param shallow the instances' own size
    /// @param retained size kept alive by all instances together
    public record GroupUse(String name, long classes, long instances, long shallow, long retained) {}

    /// A thread that ran when the dump was made.
    ///
    /// @param retained size kept alive by its object, its thread locals and its stack
    /// @param frames its stack, the innermost call first
    public record ThreadUse(String name, String type, long id, long retained, List<FrameUse> frames) {}

    /// One call on a thread's stack.
    ///
    /// @param method `com.shop.Main.run`
    /// @param locals what its local variables hold, most retained first
    public record FrameUse(String method, List<LocalUse> locals) {}

    /// An object that a local variable holds.
    public record LocalUse(String type, long id, long retained) {}

    /// Objects that no root reaches, and those that only weak references do.
    ///
    /// @param types by their own size, most first; nothing is retained by them
    public record Unreachable(long objects, long bytes, List<TypeUse> types) {}
}
