package io.staunch.heap.internal.report;

import io.staunch.heap.internal.graph.Ints;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.TypeInfo;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/// Why a class loader can't go: the shortest strong path from a root to it that does not start at a class of its own.
/// Breadth-first; O(objects + references), eight bytes an object while it runs.
final class LoaderPath {
    private final ObjectGraph graph;
    private final int loader;
    private final BitSet own = new BitSet();

    LoaderPath(ObjectGraph graph, int loader) {
        this.graph = graph;
        this.loader = loader;
        long id = graph.ids().idOf(loader);
        for (TypeInfo type : graph.types().all()) {
            if (type.loaderId() == id && type.classIndex() >= 0) {
                own.set(type.classIndex());
            }
        }
    }

    /// Fields from a root to the loader; empty when none leads there.
    List<String> labels() {
        try (Arena arena = Arena.ofConfined()) {
            Ints parent = new Ints(arena, graph.size());
            Ints queue = new Ints(arena, graph.size());
            int tail = 0;
            for (int root : graph.roots()) {
                if (!own.get(root)) {
                    parent.set(root, root + 1);
                    queue.set(tail++, root);
                }
            }
            for (int head = 0; head < tail && parent.get(loader) == 0; head++) {
                tail = follow(queue.get(head), parent, queue, tail);
            }
            return parent.get(loader) == 0
                    ? List.of()
                    : HolderPath.along(way(parent), graph).labels();
        }
    }

    private int follow(int from, Ints parent, Ints queue, int end) {
        int tail = end;
        int start = graph.start(from);
        long edge = start & 0xFFFF_FFFFL;
        for (int entry = start == ObjectGraph.NONE ? -1 : 0; entry >= 0; edge++) {
            entry = graph.edge(edge);
            int target = entry & ~ObjectGraph.LAST;
            if (parent.get(target) == 0) {
                parent.set(target, from + 1);
                queue.set(tail++, target);
            }
        }
        return tail;
    }

    private List<Integer> way(Ints parent) {
        List<Integer> way = new ArrayList<>();
        int at = loader;
        for (int above = parent.get(at) - 1; above != at; above = parent.get(at) - 1) {
            way.add(at);
            at = above;
        }
        way.add(at);
        Collections.reverse(way);
        return way;
    }
}
