package io.staunch.verify.heap;

import java.util.Arrays;

/// Immediate dominators as in the textbook: Lengauer & Tarjan, "A Fast Algorithm for Finding Dominators in a Flowgraph"
/// (1979), the simple version with path compression: O(m log n), long lists included. Shares nothing with the analyser
/// under test but the definition. The last node is the top, from which all others are reached or not at all.
///
/// Inside, a node goes by its number in a depth-first walk from the top, which is 0.
final class PeerDominators {
    private final Flow flow;
    /// By node; -1 when the top does not lead there.
    private final int[] numbers;
    /// By number, the node.
    private final int[] order;
    private final int[] parents;
    private final int[] idom;
    private int met;

    /// Who leads where: the edges' sources and targets, in no order.
    @SuppressWarnings("ArrayRecordComponent") // read here, never handed out
    record Flow(int nodes, int[] from, int[] to, int edges) {
        /// Where each node's own edges start in the list that [#sorted] makes of these ends.
        private int[] starts(int[] ends) {
            int[] starts = new int[nodes + 1];
            for (int edge = 0; edge < edges; edge++) {
                starts[ends[edge] + 1]++;
            }
            for (int node = 0; node < nodes; node++) {
                starts[node + 1] += starts[node];
            }
            return starts;
        }

        /// The other ends, those of each node of `ends` behind one another.
        private int[] sorted(int[] starts, int[] ends, int[] others) {
            int[] free = starts.clone();
            int[] sorted = new int[edges];
            for (int edge = 0; edge < edges; edge++) {
                sorted[free[ends[edge]]++] = others[edge];
            }
            return sorted;
        }
    }

    private PeerDominators(Flow flow) {
        this.flow = flow;
        this.numbers = new int[flow.nodes()];
        this.order = new int[flow.nodes()];
        this.parents = new int[flow.nodes()];
        Arrays.fill(numbers, -1);
        walk();
        this.idom = new Forest().dominators();
    }

    static PeerDominators of(Flow flow) {
        return new PeerDominators(flow);
    }

    /// Immediate dominator; the top for itself, -1 when the top does not lead here.
    int dominator(int node) {
        return numbers[node] < 0 ? -1 : order[idom[numbers[node]]];
    }

    /// Every node that was reached, each before all that it dominates, the top first.
    int[] downwards() {
        return Arrays.copyOf(order, met);
    }

    private void walk() {
        int[] starts = flow.starts(flow.from());
        int[] successors = flow.sorted(starts, flow.from(), flow.to());
        int[] next = starts.clone();
        int[] path = new int[flow.nodes()];
        int depth = 0;
        path[depth++] = meet(flow.nodes() - 1, 0);
        while (depth > 0) {
            int at = path[depth - 1];
            if (next[at] == starts[at + 1]) {
                depth--;
                continue;
            }
            int target = successors[next[at]++];
            if (numbers[target] < 0) {
                path[depth++] = meet(target, numbers[at]);
            }
        }
    }

    private int meet(int node, int parent) {
        numbers[node] = met;
        parents[met] = parent;
        order[met++] = node;
        return node;
    }

    /// What the article calls the forest: trees of the walk that grow together from its end.
    private final class Forest {
        private static final int NONE = -1;

        private final int[] semidominators = new int[met];
        private final int[] ancestors = new int[met];
        private final int[] labels = new int[met];
        /// Whose semidominator a number is: the first of them, and after each the next.
        private final int[] first = new int[met];

        private final int[] next = new int[met];
        private final int[] path = new int[met];

        private int[] dominators() {
            Arrays.setAll(semidominators, number -> number);
            Arrays.setAll(labels, number -> number);
            Arrays.fill(ancestors, NONE);
            Arrays.fill(first, NONE);
            int[] starts = flow.starts(flow.to());
            int[] predecessors = flow.sorted(starts, flow.to(), flow.from());
            int[] dominators = new int[met];
            for (int number = met - 1; number > 0; number--) {
                for (int edge = starts[order[number]]; edge < starts[order[number] + 1]; edge++) {
                    int predecessor = numbers[predecessors[edge]];
                    if (predecessor >= 0) {
                        semidominators[number] = Math.min(semidominators[number], semidominators[least(predecessor)]);
                    }
                }
                next[number] = first[semidominators[number]];
                first[semidominators[number]] = number;
                ancestors[number] = parents[number];
                decide(parents[number], dominators);
            }
            for (int number = 1; number < met; number++) {
                if (dominators[number] != semidominators[number]) {
                    dominators[number] = dominators[dominators[number]];
                }
            }
            return dominators;
        }

        /// For those whose semidominator this is, now that all on the way to them is linked.
        private void decide(int semidominator, int[] dominators) {
            for (int each = first[semidominator]; each != NONE; each = next[each]) {
                int least = least(each);
                dominators[each] = semidominators[least] < semidominators[each] ? least : semidominator;
            }
            first[semidominator] = NONE;
        }

        /// Of the way from its tree's root, the root left out, the number with the least semidominator.
        private int least(int number) {
            int length = 0;
            for (int at = number; ancestors[at] != NONE && ancestors[ancestors[at]] != NONE; at = ancestors[at]) {
                path[length++] = at;
            }
            while (length > 0) {
                int at = path[--length];
                int above = ancestors[at];
                if (semidominators[labels[above]] < semidominators[labels[at]]) {
                    labels[at] = labels[above];
                }
                ancestors[at] = ancestors[above];
            }
            return labels[number];
        }
    }
}
