package io.staunch.heap.internal.report;

import io.staunch.heap.Holding;
import io.staunch.heap.internal.bytes.TypeNames;
import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.ObjectGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds the containers in which the instances of given types pile up.
final class Holders {
    private final Piles piles;
    private final ObjectGraph graph;
    private final DominatorTree tree;
    private final Families families;
    private final PathTrie trie;
    private final boolean[] isWanted;

    Holders(Piles piles, Collection<String> types) {
        this.piles = piles;
        this.graph = piles.graph();
        this.tree = piles.tree();
        this.families = piles.families();
        this.trie = piles.trie();
        Set<String> names = new HashSet<>();
        types.forEach(name -> names.add(Families.plain(TypeNames.fromInternal(name))));
        isWanted = new boolean[graph.typeCount()];
        for (int t = 0; t < isWanted.length; t++) {
            isWanted[t] = names.contains(Families.plain(graph.typeAt(t).name()))
                    || names.contains(families.name(families.of(t)));
        }
    }

    private record Group(int family, int container) {}

    List<Holding> holdings() {
        Map<Group, Sum> groups = groups();
        Set<Integer> nodes = groups.keySet().stream().map(Group::container).collect(Collectors.toSet());
        Sums held = Sums.of(nodes, trie, tree);
        List<Holding> holdings = new ArrayList<>();
        groups.forEach((group, sum) -> {
            if (group.container > 0 && held.of(group.container).largest() >= 0) {
                holdings.add(holding(group, sum, held.of(group.container)));
            }
        });
        Map<String, Long> all = new HashMap<>();
        holdings.forEach(holding -> all.merge(holding.type(), holding.instances(), Long::sum));
        holdings.sort(Comparator.comparingDouble((Holding holding) ->
                        (double) holding.retained() * holding.instances() / all.getOrDefault(holding.type(), 1L))
                .reversed()
                .thenComparing(Holding::type));
        return holdings;
    }

    private Map<Group, Sum> groups() {
        Map<Group, Sum> groups = new HashMap<>();
        Map<Integer, Integer> containerOfNode = new HashMap<>();
        for (int position = 1; position <= tree.last(); position++) {
            int object = tree.objectAt(position);
            int type = graph.typeNumber(object);
            if (isWanted[type]) {
                int container = containerOfNode.computeIfAbsent(trie.nodeOf(object), this::containerFor);
                groups.computeIfAbsent(new Group(families.of(type), container), g -> new Sum(tree))
                        .add(position);
            }
        }
        return groups;
    }

    private int containerFor(int node) {
        int growing = piles.containers().growing(node);
        return growing > 0 ? growing : Math.max(trie.parent(node), Math.min(node, 0));
    }

    private Holding holding(Group group, Sum sum, Sum held) {
        Accumulation what = piles.describe(group.container, held.largest());
        return new Holding(
                families.name(group.family),
                what.piled().name(),
                what.path().labels(),
                what.path().accumulation(),
                trie.entered(group.container),
                sum.instances(),
                sum.retained(),
                held.largestBytes(),
                what.library(),
                what.shape(),
                piles.direct().below(group.container),
                !sum.isStrong());
    }
}
