package io.staunch.verify.heap;

import java.util.Arrays;

/// Immediate dominators as in the textbook: Cooper, Harvey & Kennedy, "A Simple, Fast Dominance Algorithm" (2001),
/// which repeats one sweep in reverse postorder until nothing changes. Shares nothing with the analyser under test but
/// the definition. The last node is the top, from which all others are reached or not at all.
final class PeerDominators {
    private final Flow flow;
    private final int top;
    private final int[] postorder;
    private final int[] order;
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
        this.top = flow.nodes() - 1;
        this.postorder = new int[flow.nodes()];
        this.order = new int[flow.nodes()];
        this.idom = new int[flow.nodes()];
        Arrays.fill(postorder, -1);
        Arrays.fill(idom, -1);
        walk();
        find();
    }

    static PeerDominators of(Flow flow) {
        return new PeerDominators(flow);
    }

    /// Immediate dominator; the top for itself, -1 when the top does not lead here.
    int dominator(int node) {
        return idom[node];
    }

    /// Every node that was reached, each before all that it dominates, the top first.
    int[] downwards() {
        int[] downwards = new int[met];
        for (int i = 0; i < met; i++) {
            downwards[i] = order[met - 1 - i];
        }
        return downwards;
    }

    /// Numbers in postorder, by a depth-first walk.
    private void walk() {
        int[] starts = flow.starts(flow.from());
        int[] successors = flow.sorted(starts, flow.from(), flow.to());
        int[] next = starts.clone();
        boolean[] seen = new boolean[flow.nodes()];
        int[] path = new int[flow.nodes()];
        int depth = 0;
        path[depth++] = top;
        seen[top] = true;
        while (depth > 0) {
            int at = path[depth - 1];
            if (next[at] == starts[at + 1]) {
                postorder[at] = met;
                order[met++] = at;
                depth--;
                continue;
            }
            int target = successors[next[at]++];
            if (!seen[target]) {
                seen[target] = true;
                path[depth++] = target;
            }
        }
    }

    private void find() {
        int[] starts = flow.starts(flow.to());
        int[] predecessors = flow.sorted(starts, flow.to(), flow.from());
        idom[top] = top;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = met - 2; i >= 0; i--) {
                int node = order[i];
                int found = -1;
                for (int edge = starts[node]; edge < starts[node + 1]; edge++) {
                    int predecessor = predecessors[edge];
                    if (idom[predecessor] >= 0) {
                        found = found < 0 ? predecessor : meet(predecessor, found);
                    }
                }
                if (idom[node] != found) {
                    idom[node] = found;
                    changed = true;
                }
            }
        }
    }

    /// The nearest node that dominates both by what is known so far.
    private int meet(int one, int other) {
        int a = one;
        int b = other;
        while (a != b) {
            while (postorder[a] < postorder[b]) {
                a = idom[a];
            }
            while (postorder[b] < postorder[a]) {
                b = idom[b];
            }
        }
        return a;
    }
}
