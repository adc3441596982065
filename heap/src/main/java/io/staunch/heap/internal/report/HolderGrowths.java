package io.staunch.heap.internal.report;

import io.staunch.heap.HeapDiff.HolderGrowth;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Compares the containers of two dumps of one program, matched by their paths in names.
final class HolderGrowths {
    private static final double LEAST_SHARE = 0.01;

    private final Piles older;
    private final Piles newer;

    HolderGrowths(Piles older, Piles newer) {
        this.older = older;
        this.newer = newer;
    }

    /// Containers of the newer dump that hold more than in the older one.
    List<HolderGrowth> most(int most) {
        PathTrie trie = newer.trie();
        int[] before = matches();
        long[] grown = new long[trie.size()];
        for (int node = trie.size() - 1; node > 0; node--) {
            long old = before[node] < 0 ? 0 : older.containers().below(before[node]);
            grown[node] = Math.max(grown[node], newer.containers().below(node) - old);
            int parent = trie.parent(node);
            grown[parent] = Math.max(grown[parent], grown[node]);
        }
        long total = Math.max(0, newer.tree().retained(0) - older.tree().retained(0));
        List<Integer> nodes = newer.containers().largest(Math.max(1, (long) (total * LEAST_SHARE)), grown);
        Sums held = Sums.of(nodes, trie, newer.tree());
        return nodes.stream()
                .filter(node -> held.of(node).largest() >= 0)
                .map(node -> growth(node, before[node], held.of(node).largest()))
                .filter(growth -> growth.bytesGrown() > 0)
                .sorted(Comparator.comparingLong(HolderGrowth::bytesGrown).reversed())
                .limit(most)
                .toList();
    }

    /// For each node of the newer dump the one of the older dump with the same path; -1 for none.
    private int[] matches() {
        Map<String, Integer> known = new HashMap<>();
        for (int node = 1; node < older.trie().size(); node++) {
            known.put(older.trie().key(node), node);
        }
        int[] before = new int[newer.trie().size()];
        for (int node = 1; node < before.length; node++) {
            before[node] = known.getOrDefault(newer.trie().key(node), -1);
        }
        return before;
    }

    private HolderGrowth growth(int node, int before, int largest) {
        Accumulation what = newer.describe(node, largest);
        return new HolderGrowth(
                what.piled().name(),
                what.path().accumulation(),
                what.path().labels(),
                what.library(),
                before < 0 ? 0 : older.containers().elements(before),
                newer.containers().elements(node),
                before < 0 ? 0 : older.containers().below(before),
                newer.containers().below(node));
    }
}
