package io.staunch.heap.internal.report;

import io.staunch.heap.internal.dominators.DominatorTree;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Sums of the objects of some nodes, by one pass over the dominator tree.
final class Sums {
    private final Map<Integer, Sum> ofNode = new HashMap<>();
    private final DominatorTree tree;

    private Sums(DominatorTree tree) {
        this.tree = tree;
    }

    /// One sum for each node; O(reachable objects).
    static Sums of(Collection<Integer> nodes, PathTrie trie, DominatorTree tree) {
        return of(nodes, trie, tree, new Sum[trie.size()]);
    }

    /// The same, and in the same pass each object to the second sum of its node; both are by node, most are none.
    static Sums of(Collection<Integer> nodes, PathTrie trie, DominatorTree tree, Sum[] beside) {
        Sums sums = new Sums(tree);
        Sum[] wanted = new Sum[trie.size()];
        for (int node : nodes) {
            wanted[node] = sums.ofNode.computeIfAbsent(node, n -> new Sum(tree));
        }
        add(trie, tree, wanted, beside);
        return sums;
    }

    private static void add(PathTrie trie, DominatorTree tree, Sum[] wanted, Sum[] beside) {
        for (int position = 1; position <= tree.last(); position++) {
            int node = trie.nodeOf(tree.objectAt(position));
            if (wanted[node] != null) {
                wanted[node].add(position);
            }
            if (beside[node] != null) {
                beside[node].add(position);
            }
        }
    }

    /// The sum of a node's objects; nothing for a node that was not asked for.
    Sum of(int node) {
        return ofNode.getOrDefault(node, new Sum(tree));
    }
}
