package io.staunch.heap.internal.graph;

import io.staunch.heap.internal.index.HeapIndex;
import io.staunch.heap.internal.index.ObjectIds;
import io.staunch.heap.internal.index.Root;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What threads hold on their stacks: the thread object stands for its frames, so that it dominates its locals.
public final class ThreadLocals {
    private final Map<Integer, int[]> localsOfThread;
    private final Map<Integer, Integer> serialOfThread;
    private final Map<Integer, List<Root>> rootsOfThread;
    private final HeapIndex index;

    private ThreadLocals(
            HeapIndex index,
            Map<Integer, int[]> localsOfThread,
            Map<Integer, Integer> serialOfThread,
            Map<Integer, List<Root>> rootsOfThread) {
        this.index = index;
        this.localsOfThread = localsOfThread;
        this.serialOfThread = serialOfThread;
        this.rootsOfThread = rootsOfThread;
    }

    static ThreadLocals of(HeapIndex index) {
        ObjectIds ids = index.ids();
        Map<Integer, Integer> serialOfThread = new HashMap<>();
        Map<Integer, Integer> threadOfSerial = new HashMap<>();
        index.threadObjects().forEach((serial, id) -> {
            int thread = ids.indexOf(id);
            if (thread >= 0) {
                serialOfThread.put(thread, serial);
                threadOfSerial.put(serial, thread);
            }
        });
        Map<Integer, Set<Integer>> locals = new HashMap<>();
        Map<Integer, List<Root>> roots = new HashMap<>();
        for (Root root : index.roots()) {
            Integer thread = threadOfSerial.get(root.thread());
            int local = ids.indexOf(root.id());
            if (isLocal(root) && thread != null && local >= 0 && local != thread) {
                locals.computeIfAbsent(thread, t -> new TreeSet<>()).add(local);
                roots.computeIfAbsent(thread, t -> new java.util.ArrayList<>()).add(root);
            }
        }
        Map<Integer, int[]> localsOfThread = new HashMap<>();
        locals.forEach((thread, set) -> localsOfThread.put(
                thread, set.stream().mapToInt(Integer::intValue).toArray()));
        return new ThreadLocals(index, localsOfThread, serialOfThread, roots);
    }

    /// Whether a root belongs to a thread's stack.
    static boolean isLocal(Root root) {
        return root.kind() == Root.Kind.STACK || root.kind() == Root.Kind.JNI_LOCAL;
    }

    boolean holds(Root root) {
        Long id = index.threadObjects().get(root.thread());
        return isLocal(root) && id != null && index.ids().indexOf(id) >= 0;
    }

    private static final int[] EMPTY = {};

    /// Objects that a thread's frames hold; empty for any other object.
    public int[] of(int object) {
        return localsOfThread.getOrDefault(object, EMPTY);
    }

    /// Whether the thread holds this object on its stack.
    public boolean holds(int thread, int object) {
        return Arrays.binarySearch(of(thread), object) >= 0;
    }

    /// The root by which a thread's stack holds an object, frames before JNI locals.
    public Optional<Root> rootOf(int thread, int object) {
        long id = index.ids().idOf(object);
        return rootsOfThread.getOrDefault(thread, List.of()).stream()
                .filter(root -> root.id() == id)
                .findFirst();
    }

    /// Serial number of a stack trace of a live thread; empty for other objects.
    public Optional<Integer> traceOf(int thread) {
        Integer serial = serialOfThread.get(thread);
        return serial == null
                ? Optional.empty()
                : Optional.ofNullable(index.traceOfThread().get(serial));
    }

    /// Whether the object is the java.lang.Thread of a thread that ran when the dump was made.
    public boolean isLive(int object) {
        return serialOfThread.containsKey(object);
    }
}
