package io.staunch.heap.internal.report;

import io.staunch.heap.RetainedNode;
import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.TypeInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Folds the dominator tree by type. Positions are its preorder, so one forward pass with a stack of the open ancestors
/// is enough; links of a chain to their like are folded into one node, so the stack stays short.
public final class RetainedTree {
    private static final int DEEPEST = 48;
    private static final int MOST_NODES = 1 << 20;

    private final ObjectGraph graph;
    private final DominatorTree tree;
    private final int classType;
    private final Map<Long, Integer> known = new HashMap<>();
    private final List<List<Integer>> children = new ArrayList<>();
    private int[] kind = new int[1024];
    private long[] count = new long[1024];
    private long[] shallow = new long[1024];
    private int size;

    private RetainedTree(ObjectGraph graph, DominatorTree tree) {
        this.graph = graph;
        this.tree = tree;
        this.classType = graph.types().classType().number();
    }

    /// The tree without nodes that retain less than this share of everything.
    public static RetainedNode of(ObjectGraph graph, DominatorTree tree, double leastShare) {
        RetainedTree folded = new RetainedTree(graph, tree);
        folded.fold();
        long[] retained = folded.retained();
        long least = Math.max(1, (long) (leastShare * tree.retained(0)));
        return folded.node(0, retained, least);
    }

    private void fold() {
        append(Integer.MIN_VALUE);
        int[] end = new int[DEEPEST + 1];
        int[] node = new int[DEEPEST + 1];
        end[0] = tree.last();
        int depth = 0;
        for (int position = 1; position <= tree.last(); position++) {
            while (position > end[depth]) {
                depth--;
            }
            int object = tree.objectAt(position);
            int itsKind = kindOf(object);
            int last = position + tree.count(position) - 1;
            boolean inside = depth == DEEPEST || (itsKind == kind[node[depth]] && itsKind >= 0);
            int its = inside ? node[depth] : child(node[depth], itsKind);
            count[its]++;
            shallow[its] += graph.shallow(object);
            if (!inside && last > position) {
                depth++;
                end[depth] = last;
                node[depth] = its;
            }
        }
    }

    /// A type's number; for a class object the complement of the described type's.
    private int kindOf(int object) {
        int type = graph.typeNumber(object);
        if (type == classType) {
            TypeInfo described = graph.types().described(graph.ids().idOf(object));
            if (described != null && described.number() < graph.typeCount()) {
                return ~described.number();
            }
        }
        return type;
    }

    private int child(int above, int itsKind) {
        long key = ((long) above << 32) | (itsKind & 0xFFFF_FFFFL);
        Integer found = known.get(key);
        if (found != null) {
            return found;
        }
        if (size >= MOST_NODES) {
            return above;
        }
        int made = append(itsKind);
        known.put(key, made);
        children.get(above).add(made);
        return made;
    }

    private int append(int itsKind) {
        if (size == kind.length) {
            kind = Arrays.copyOf(kind, 2 * size);
            count = Arrays.copyOf(count, 2 * size);
            shallow = Arrays.copyOf(shallow, 2 * size);
        }
        kind[size] = itsKind;
        children.add(new ArrayList<>(2));
        return size++;
    }

    /// A child's number is larger than its parent's, so one backward pass sums up.
    private long[] retained() {
        long[] retained = Arrays.copyOf(shallow, size);
        for (int node = size - 1; node >= 0; node--) {
            for (int child : children.get(node)) {
                retained[node] += retained[child];
            }
        }
        return retained;
    }

    private RetainedNode node(int at, long[] retained, long least) {
        List<RetainedNode> below = children.get(at).stream()
                .filter(child -> retained[child] >= least)
                .map(child -> node(child, retained, least))
                .sorted(Comparator.comparingLong(RetainedNode::retained)
                        .reversed()
                        .thenComparing(RetainedNode::label))
                .toList();
        return new RetainedNode(label(kind[at]), count[at], shallow[at], retained[at], below);
    }

    private String label(int itsKind) {
        if (itsKind == Integer.MIN_VALUE) {
            return "everything";
        }
        return itsKind < 0
                ? "class " + Families.plain(graph.typeAt(~itsKind).name())
                : Families.plain(graph.typeAt(itsKind).name());
    }
}
