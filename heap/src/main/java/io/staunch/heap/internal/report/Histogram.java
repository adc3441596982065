package io.staunch.heap.internal.report;

import io.staunch.heap.HeapReport.TypeUse;
import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.ObjectGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Counts and sizes by type.
public final class Histogram {
    private final ObjectGraph graph;
    private final DominatorTree tree;
    private final long[] instances;
    private final long[] shallow;
    private final long[] retained;

    /// What else wants to know of every reachable object, in the order of the dominator tree.
    @FunctionalInterface
    interface Visitor {
        /// Takes an object.
        ///
        /// @param type its type's number
        /// @param lastOwned position of the last object that it retains
        void object(int object, int type, int position, int lastOwned, long shallow, long retained);
    }

    /// One pass over the objects, one over the dominator tree.
    public Histogram(ObjectGraph graph, DominatorTree tree) {
        this(graph, tree, (object, type, position, lastOwned, shallow, retained) -> {});
    }

    /// The same, and in the pass over the tree `beside` is told of every object too.
    Histogram(ObjectGraph graph, DominatorTree tree, Visitor beside) {
        this.graph = graph;
        this.tree = tree;
        this.instances = new long[graph.typeCount()];
        this.shallow = new long[graph.typeCount()];
        this.retained = new long[graph.typeCount()];
        for (int object = 0; object < graph.size(); object++) {
            long entry = graph.entry(object);
            int type = ObjectGraph.typeOf(entry);
            instances[type]++;
            shallow[type] += graph.eighths(object, entry) << 3;
        }
        together(beside);
    }

    /// Sizes that all instances of a type keep alive together: those of instances that no other instance dominates.
    /// In the tree's order an object's own are the positions that follow, so one end per type is enough.
    private void together(Visitor beside) {
        int[] end = new int[graph.typeCount()];
        Arrays.fill(end, -1);
        for (int position = 1; position <= tree.last(); position++) {
            int object = tree.objectAt(position);
            long entry = graph.entry(object);
            int type = ObjectGraph.typeOf(entry);
            long keeps = tree.retained(position);
            int lastOwned = position + tree.count(position) - 1;
            if (position > end[type]) {
                retained[type] += keeps;
                end[type] = lastOwned;
            }
            beside.object(object, type, position, lastOwned, graph.eighths(object, entry) << 3, keeps);
        }
    }

    /// Size of all objects in the dump.
    public long bytes() {
        return Arrays.stream(shallow).sum();
    }

    /// Types by what they retain, at most so many.
    public List<TypeUse> types(int most) {
        List<TypeUse> rows = new ArrayList<>();
        for (int t = 0; t < instances.length; t++) {
            if (instances[t] > 0) {
                rows.add(new TypeUse(graph.typeAt(t).name(), instances[t], shallow[t], retained[t]));
            }
        }
        rows.sort(Comparator.comparingLong(TypeUse::retained)
                .thenComparingLong(TypeUse::shallow)
                .reversed()
                .thenComparing(TypeUse::type));
        return List.copyOf(rows.subList(0, Math.min(most, rows.size())));
    }
}
