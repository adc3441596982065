package io.staunch.heap.internal.report;

import io.staunch.heap.internal.graph.ObjectGraph;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds who else holds what a container is filled with. Shortest paths give each object to one holder; two maps that
/// hold the same objects both have to let go. Looks at a few elements of each container, and once at all references:
/// O(objects + references) time, one bit an object.
final class Sharers {
    private static final int SAMPLES = 16;
    private static final double MOST_OF_THEM = 0.5;
    private static final int MOST_PATHS = 3;

    private final Piles piles;
    private final ObjectGraph graph;
    private final PathTrie trie;
    private final List<Accumulation> containers;
    private final List<List<Integer>> samples = new ArrayList<>();
    private final Map<Integer, List<Integer>> referrers = new HashMap<>();

    Sharers(Piles piles, List<Accumulation> containers) {
        this.piles = piles;
        this.graph = piles.graph();
        this.trie = piles.trie();
        this.containers = containers;
        containers.forEach(container -> samples.add(new ArrayList<>()));
        takeSamples();
        findReferrers();
    }

    private void takeSamples() {
        List<Set<Integer>> open = new ArrayList<>();
        Map<Integer, List<Integer>> containersOfNode = new HashMap<>();
        for (int i = 0; i < containers.size(); i++) {
            open.add(piledNodes(containers.get(i)));
            for (int node : open.get(i)) {
                containersOfNode.computeIfAbsent(node, n -> new ArrayList<>()).add(i);
            }
        }
        boolean[] wanted = new boolean[trie.size()];
        containersOfNode.keySet().forEach(node -> wanted[node] = true);
        int left = containersOfNode.size();
        for (int object = 0; object < graph.size() && left > 0; object++) {
            int node = trie.nodeOf(object);
            if (wanted[node]) {
                boolean full = true;
                for (int i : containersOfNode.getOrDefault(node, List.of())) {
                    if (samples.get(i).size() < SAMPLES) {
                        samples.get(i).add(object);
                    }
                    full &= samples.get(i).size() >= SAMPLES;
                }
                wanted[node] = !full;
                left -= full ? 1 : 0;
            }
        }
    }

    /// Nodes of what piles up below a container, none below another.
    private Set<Integer> piledNodes(Accumulation container) {
        Set<Integer> nodes = new HashSet<>();
        List<Integer> open = new ArrayList<>(List.of(container.node()));
        while (!open.isEmpty()) {
            int at = open.removeLast();
            if (at != container.node() && trie.family(at) == container.piled().family()) {
                nodes.add(at);
                continue;
            }
            for (int child = piles.containers().firstChild(at);
                    child >= 0;
                    child = piles.containers().nextSibling(child)) {
                open.add(child);
            }
        }
        return nodes;
    }

    private void findReferrers() {
        BitSet sampled = new BitSet(graph.size());
        samples.forEach(some -> some.forEach(sampled::set));
        for (int from = 0; from < graph.size(); from++) {
            int start = graph.start(from);
            long edge = start & 0xFFFF_FFFFL;
            for (int entry = start == ObjectGraph.NONE ? -1 : 0; entry >= 0; edge++) {
                entry = graph.edge(edge);
                int target = entry & ~ObjectGraph.LAST;
                if (sampled.get(target) && trie.has(from)) {
                    referrers.computeIfAbsent(target, t -> new ArrayList<>()).add(from);
                }
            }
        }
    }

    /// Paths to other holders of most of what the container of this place in the list is filled with.
    List<List<String>> of(int place) {
        Accumulation container = containers.get(place);
        List<Integer> some = samples.get(place);
        Map<List<String>, Set<Integer>> heldBy = new LinkedHashMap<>();
        for (int sample : some) {
            for (int referrer : referrers.getOrDefault(sample, List.of())) {
                if (!isBelow(trie.nodeOf(referrer), container.node())) {
                    HolderPath path = HolderPath.to(referrer, piles.paths(), graph);
                    heldBy.computeIfAbsent(path.labels(), labels -> new HashSet<>())
                            .add(sample);
                }
            }
        }
        heldBy.remove(container.path().labels());
        return heldBy.entrySet().stream()
                .filter(entry -> entry.getValue().size() >= Math.max(2, MOST_OF_THEM * some.size()))
                .sorted(Comparator.comparingInt((Map.Entry<List<String>, Set<Integer>> entry) ->
                                -entry.getValue().size())
                        .thenComparingInt(entry -> entry.getKey().size()))
                .map(Map.Entry::getKey)
                .limit(MOST_PATHS)
                .toList();
    }

    private boolean isBelow(int node, int container) {
        int at = node;
        while (at > container) {
            at = trie.parent(at);
        }
        return at == container;
    }
}
