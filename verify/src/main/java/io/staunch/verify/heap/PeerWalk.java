package io.staunch.verify.heap;

import io.staunch.verify.heap.PeerGraph.Kind;
import java.util.Arrays;
import java.util.Set;

/// What can be reached in a [PeerGraph] by some rules, breadth first: strongly, then through soft references, then
/// through finalizers' as well.
final class PeerWalk {
    static final int STRONG = 1;
    static final int SOFT = 2;
    static final int FINAL = 3;

    private final PeerGraph graph;
    private final Set<PeerRule> rules;
    private final int[] roots;
    private final byte[] tiers;
    private final int[] parents;
    private final int[] open;
    private int met;
    private int followed;

    private PeerWalk(PeerGraph graph, Set<PeerRule> rules) {
        this.graph = graph;
        this.rules = rules;
        this.tiers = new byte[graph.size()];
        this.parents = new int[graph.size()];
        this.open = new int[graph.size()];
        Arrays.fill(parents, -1);
        int[] listed = rules.contains(PeerRule.STACKS) ? graph.listedRoots() : graph.offStackRoots();
        int[] lasting = rules.contains(PeerRule.LISTED_ROOTS) ? new int[0] : graph.lastingRoots();
        this.roots = Arrays.copyOf(listed, listed.length + lasting.length);
        System.arraycopy(lasting, 0, roots, listed.length, lasting.length);
        for (int root : roots) {
            meet(root, -1, STRONG);
        }
        follow(STRONG);
        if (!rules.contains(PeerRule.WEAK)) {
            referents(SOFT);
            referents(FINAL);
        }
    }

    static PeerWalk of(PeerGraph graph, Set<PeerRule> rules) {
        return new PeerWalk(graph, rules);
    }

    int[] roots() {
        return roots;
    }

    /// [#STRONG], [#SOFT], [#FINAL], or 0 for what is not reached.
    int tier(int node) {
        return tiers[node];
    }

    /// By whom the object was met first; -1 for roots, referents and what is not reached.
    int parent(int node) {
        return parents[node];
    }

    /// How many objects are reached.
    int met() {
        return met;
    }

    /// One object that is reached, in the order of the walk.
    int at(int place) {
        return open[place];
    }

    /// Whether a reference other than one to a referent is one by these rules, wherever it starts.
    boolean holds(int from, int edge) {
        return switch (graph.kind(edge)) {
            case FIELD -> true;
            case SOFT, FINAL, WEAK -> false;
            case CLASS -> !rules.contains(PeerRule.FIRST_OBJECT) || isFirst(from, graph.target(edge));
            case SUPERCLASS -> !rules.contains(PeerRule.FIRST_OBJECT);
            case DOMAIN -> !rules.contains(PeerRule.NO_DOMAINS);
            case STACK -> !rules.contains(PeerRule.STACKS);
        };
    }

    /// Whether a class was met as this object's class, before anything else led there.
    private boolean isFirst(int from, int itsClass) {
        return parents[itsClass] == from && !graph.isArray(from);
    }

    private boolean meet(int node, int from, int tier) {
        if (tiers[node] != 0) {
            return false;
        }
        tiers[node] = (byte) tier;
        parents[node] = from;
        open[met++] = node;
        return true;
    }

    private void follow(int tier) {
        while (followed < met) {
            int node = open[followed++];
            for (int edge = graph.first(node); edge < graph.first(node + 1); edge++) {
                boolean first = rules.contains(PeerRule.FIRST_OBJECT) && graph.kind(edge) == Kind.CLASS;
                if (first ? !graph.isArray(node) : holds(node, edge)) {
                    meet(graph.target(edge), node, tier);
                }
            }
        }
    }

    private void referents(int tier) {
        boolean found = true;
        while (found) {
            found = false;
            for (int place = 0; place < met; place++) {
                int from = open[place];
                for (int edge = graph.first(from); edge < graph.first(from + 1); edge++) {
                    if (leads(edge, tier)) {
                        found |= meet(graph.target(edge), -1, tier);
                    }
                }
            }
            follow(tier);
        }
    }

    /// Whether a reference to a referent is followed when so much is: soft ones, then a finalizer's as well.
    boolean leads(int edge, int tier) {
        return graph.kind(edge) == Kind.SOFT || (tier == FINAL && graph.kind(edge) == Kind.FINAL);
    }
}
