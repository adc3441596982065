package io.staunch.verify.heap;

import io.staunch.verify.heap.PeerGraph.Kind;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/// [PeerRule#SHORTCUT]: the library sums up trees of objects with one referrer each along their references, leaves
/// first, and lets dominators add nothing more to them. A node is a leaf when it refers to nothing, and a tree when
/// it refers to leaves and trees alone, each of which has no other referrer; a weak referrer is one, too, and one
/// that nothing reaches.
final class PeerShortcut {
    private static final int NONE = -1;
    private static final int SEVERAL = -2;

    private final PeerGraph graph;
    private final PeerWalk walk;
    private final int[] referrer;
    private final boolean[] tree;
    private final long[] sums;

    private PeerShortcut(PeerGraph graph, PeerWalk walk) {
        this.graph = graph;
        this.walk = walk;
        this.referrer = new int[graph.size()];
        this.tree = new boolean[graph.size()];
        this.sums = new long[graph.size()];
        Arrays.fill(referrer, NONE);
        for (int node = 0; node < graph.size(); node++) {
            for (int edge = graph.first(node); edge < graph.first(node + 1); edge++) {
                if (refers(node, edge)) {
                    int target = graph.target(edge);
                    referrer[target] = referrer[target] == NONE || referrer[target] == node ? node : SEVERAL;
                }
            }
        }
        Set<Integer> next = leaves();
        while (!next.isEmpty()) {
            Set<Integer> level = next;
            next = new LinkedHashSet<>();
            for (int node : level) {
                if (sumUp(node)) {
                    parentOf(node, next);
                }
            }
        }
    }

    static PeerShortcut of(PeerGraph graph, PeerWalk walk) {
        return new PeerShortcut(graph, walk);
    }

    private boolean refers(int node, int edge) {
        return switch (graph.kind(edge)) {
            case FIELD, SOFT, FINAL, WEAK -> true;
            case CLASS -> walk.tier(node) != 0 && walk.holds(node, edge);
            case SUPERCLASS, DOMAIN, STACK -> false;
        };
    }

    private Set<Integer> leaves() {
        Set<Integer> parents = new LinkedHashSet<>();
        for (int place = 0; place < walk.met(); place++) {
            int node = walk.at(place);
            boolean leaf = true;
            for (int edge = graph.first(node); edge < graph.first(node + 1); edge++) {
                leaf &= graph.kind(edge) != Kind.FIELD && !(graph.kind(edge) == Kind.CLASS && walk.holds(node, edge));
            }
            if (leaf) {
                tree[node] = true;
                sums[node] = graph.sizeOf(node);
                parentOf(node, parents);
            }
        }
        return parents;
    }

    private void parentOf(int node, Set<Integer> parents) {
        if (referrer[node] != SEVERAL && walk.parent(node) >= 0) {
            parents.add(walk.parent(node));
        }
    }

    private boolean sumUp(int node) {
        long sum = graph.sizeOf(node);
        Set<Integer> counted = new LinkedHashSet<>();
        for (int edge = graph.first(node); edge < graph.first(node + 1); edge++) {
            int target = graph.target(edge);
            boolean looked = refers(node, edge) && graph.kind(edge) != Kind.CLASS;
            if (looked && (referrer[target] == SEVERAL || !tree[target])) {
                return false;
            }
            if (looked && counted.add(target)) {
                sum += sums[target];
            }
        }
        tree[node] = true;
        sums[node] = sum;
        return true;
    }

    /// What each node retains: trees their sums, others what they dominate down to the trees.
    long[] retained(PeerDominators dominators, PeerTextbook.Sizes sizes) {
        long[] retained = new long[graph.size() + 1];
        int[] downwards = dominators.downwards();
        for (int i = downwards.length - 1; i > 0; i--) {
            int node = downwards[i];
            if (tree[node]) {
                retained[node] = sums[node];
            } else {
                retained[node] += sizes.of(node);
            }
            boolean passesOn = !tree[node] || !graph.isClass(node);
            retained[dominators.dominator(node)] += passesOn ? retained[node] : 0;
        }
        return retained;
    }
}
