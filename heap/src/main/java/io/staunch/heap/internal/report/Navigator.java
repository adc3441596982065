package io.staunch.heap.internal.report;

import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.ObjectGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Answers for single objects. The dominator tree and the paths are made when an answer first needs them.
public final class Navigator {
    private final ObjectGraph graph;
    private final Supplier<DominatorTree> tree;
    private final Supplier<Piles> piles;
    private final ObjectReader reader;

    public Navigator(ObjectGraph graph, Supplier<DominatorTree> tree, Supplier<Piles> piles) {
        this.graph = graph;
        this.tree = tree;
        this.piles = piles;
        this.reader = new ObjectReader(graph);
    }

    public ObjectGraph graph() {
        return graph;
    }

    public ObjectReader reader() {
        return reader;
    }

    public boolean isReachable(int object) {
        return tree.get().positionOf(object) != 0;
    }

    /// 0 when nothing reaches it.
    public long retained(int object) {
        int position = tree.get().positionOf(object);
        return position == 0 ? 0 : tree.get().retained(position);
    }

    /// -1 when no single object dominates it.
    public int dominator(int object) {
        int position = tree.get().positionOf(object);
        int up = position == 0 ? 0 : tree.get().up(position);
        return up == 0 ? -1 : tree.get().objectAt(up);
    }

    /// Indices of the objects that this one refers to strongly.
    public List<Integer> references(int object) {
        List<Integer> targets = new ArrayList<>();
        int start = graph.start(object);
        long edge = start & 0xFFFF_FFFFL;
        for (int entry = start == ObjectGraph.NONE ? -1 : 0; entry >= 0; edge++) {
            entry = graph.edge(edge);
            targets.add(entry & ~ObjectGraph.LAST);
        }
        return targets;
    }

    /// Fields from a root to the object; empty when nothing reaches it.
    public List<String> path(int object) {
        return piles.get().trie().has(object)
                ? HolderPath.to(object, piles.get().paths(), graph).labels()
                : List.of();
    }

    /// Indices of the objects of a type and its subtypes. O(objects).
    public IntStream instancesOf(String type) {
        boolean[] wanted = new boolean[graph.typeCount()];
        for (int t = 0; t < wanted.length; t++) {
            wanted[t] = graph.typeAt(t).isA(type);
        }
        return IntStream.range(0, graph.size()).filter(object -> wanted[graph.typeNumber(object)]);
    }
}
