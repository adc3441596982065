package io.staunch.verify.heap;

import io.staunch.verify.heap.PeerDominators.Flow;
import io.staunch.verify.heap.PeerGraph.Kind;
import java.util.Arrays;
import java.util.Set;

/// What each object of a [PeerGraph] retains, the obvious way: walk, dominators, sums. Without rules, as docs/heap.md
/// has it: what only soft references reach hangs under the top, then what only finalizers reach, and neither takes
/// part in who dominates what is reached more strongly. With rules, as NetBeans' profiler library has it.
final class PeerTextbook {
    private final PeerGraph graph;
    private final Set<PeerRule> rules;
    private final PeerWalk walk;
    private final PeerDominators dominators;
    private int[] from = new int[1 << 16];
    private int[] to = new int[1 << 16];
    private int edges;

    private PeerTextbook(PeerGraph graph, Set<PeerRule> rules) {
        this.graph = graph;
        this.rules = rules;
        this.walk = PeerWalk.of(graph, rules);
        for (int root : walk.roots()) {
            lead(graph.size(), root);
        }
        for (int node = 0; node < graph.size(); node++) {
            for (int edge = graph.first(node); edge < graph.first(node + 1); edge++) {
                reference(node, edge);
            }
        }
        this.dominators = PeerDominators.of(new Flow(graph.size() + 1, from, to, edges));
    }

    static PeerTextbook of(PeerGraph graph, Set<PeerRule> rules) {
        return new PeerTextbook(graph, rules);
    }

    private void lead(int source, int target) {
        if (edges == from.length) {
            from = Arrays.copyOf(from, Math.multiplyExact(edges, 2));
            to = Arrays.copyOf(to, from.length);
        }
        from[edges] = source;
        to[edges++] = target;
    }

    private void reference(int node, int edge) {
        int target = graph.target(edge);
        int tier = walk.tier(target);
        int own = walk.tier(node);
        if (tier == 0) {
            return;
        }
        if (rules.contains(PeerRule.WEAK)) {
            boolean holds =
                    isReferent(edge) || (walk.holds(node, edge) && (own != 0 || graph.kind(edge) == Kind.FIELD));
            if (holds) {
                lead(own == 0 ? graph.size() : node, target);
            }
        } else if (own != 0 && walk.holds(node, edge) && own <= tier) {
            lead(node, target);
        } else if (own != 0 && own <= tier && tier > PeerWalk.STRONG && walk.leads(edge, tier)) {
            lead(graph.size(), target);
        }
    }

    private boolean isReferent(int edge) {
        return switch (graph.kind(edge)) {
            case SOFT, FINAL, WEAK -> true;
            case FIELD, CLASS, SUPERCLASS, DOMAIN, STACK -> false;
        };
    }

    PeerWalk walk() {
        return walk;
    }

    /// Immediate dominator: a node, [PeerGraph#size] for the top, -1 for what is not reached.
    int dominator(int node) {
        return dominators.dominator(node);
    }

    /// What each node retains in the library's sizes, in bytes, by those of the rules that say what counts.
    long[] retained(Set<PeerRule> counting) {
        Sizes sizes =
                node -> counting.contains(PeerRule.NO_CLASS_BYTES) && graph.isClass(node) ? 0 : graph.sizeOf(node);
        return counting.contains(PeerRule.SHORTCUT)
                ? PeerShortcut.of(graph, walk).retained(dominators, sizes)
                : sums(sizes);
    }

    /// The size of a node, in bytes.
    interface Sizes {
        long of(int node);
    }

    /// What each node retains in other sizes; the last sum is that of all that is reached.
    long[] sums(Sizes sizes) {
        long[] sums = new long[graph.size() + 1];
        int[] downwards = dominators.downwards();
        for (int i = downwards.length - 1; i > 0; i--) {
            int node = downwards[i];
            sums[node] += sizes.of(node);
            sums[dominators.dominator(node)] += sums[node];
        }
        return sums;
    }
}
