package io.staunch.heap.internal.dominators;

import io.staunch.heap.internal.graph.Ints;
import java.lang.foreign.Arena;
import java.util.Arrays;

/// Immediate dominators in preorder numbers, by semi-NCA: semidominators by path compression in reverse preorder
/// (Lengauer & Tarjan 1979), then one forward pass that climbs from the parent to the semidominator (Georgiadis 2005).
/// Only references that are no tree edges are looked at. Close to O(references) on heaps; four ints an object while it
/// runs, one kept.
public final class Dominators {
    private final DepthFirst order;
    private final int last;
    private final Ints idom;
    private final Ints ancestor;
    private final Ints best;
    private final Ints semi;
    private int[] path = new int[1024];

    private Dominators(DepthFirst order, Arena scratch) {
        this.order = order;
        this.last = order.last();
        this.idom = order.parents();
        this.ancestor = new Ints(scratch, last + 1L);
        this.best = new Ints(scratch, last + 1L);
        this.semi = new Ints(scratch, last + 1L);
        ancestor.copyFrom(idom);
        order.eachBelowTop(number -> idom.set(number, 0));
    }

    /// Immediate dominator of each number from 1; it takes the place of the walk's parents. 0 dominates all.
    public static Ints of(DepthFirst order) {
        try (Arena scratch = Arena.ofShared()) {
            Dominators work = new Dominators(order, scratch);
            work.semidominators(scratch);
            work.climb();
            return work.idom;
        }
    }

    /// Sources of non-tree references by target, as sparse rows: row w ends at `rowEnd[w]`.
    private Ints sources(Ints rowEnd, Arena scratch) {
        Pairs crossings = order.crossings();
        crossings.each((to, from) -> {
            if (counts(to, from)) {
                rowEnd.set(to, rowEnd.get(to) + 1);
            }
        });
        int sum = 0;
        for (int w = 1; w <= last; w++) {
            int count = rowEnd.get(w);
            rowEnd.set(w, sum);
            sum += count;
        }
        Ints sources = new Ints(scratch, sum & 0xFFFF_FFFFL);
        crossings.each((to, from) -> {
            if (counts(to, from)) {
                int at = rowEnd.get(to);
                sources.set(at & 0xFFFF_FFFFL, from);
                rowEnd.set(to, at + 1);
            }
        });
        crossings.clear();
        return sources;
    }

    /// References to itself, from the parent, or to what hangs under the top change nothing.
    private boolean counts(int to, int from) {
        int parent = idom.get(to);
        return parent != 0 && parent != from && to != from;
    }

    private void semidominators(Arena scratch) {
        Ints rowEnd = new Ints(scratch, last + 1L);
        Ints sources = sources(rowEnd, scratch);
        for (int w = 1; w <= last; w++) {
            best.set(w, w);
        }
        for (int w = last; w >= 1; w--) {
            int least = idom.get(w);
            long at = w == 1 ? 0 : rowEnd.get(w - 1) & 0xFFFF_FFFFL;
            long end = rowEnd.get(w) & 0xFFFF_FFFFL;
            for (; at < end; at++) {
                int source = sources.get(at);
                int found = source <= w ? source : evaluate(source, w + 1);
                if (found < least) {
                    least = found;
                }
            }
            semi.set(w, least);
            best.set(w, least);
        }
    }

    /// The least semidominator on the tree path from v up to and without the first node that is not linked yet.
    private int evaluate(int v, int linked) {
        int up = ancestor.get(v);
        if (up < linked) {
            return best.get(v);
        }
        int depth = 0;
        int at = v;
        while (up >= linked) {
            if (depth == path.length) {
                path = Arrays.copyOf(path, depth * 2);
            }
            path[depth++] = at;
            at = up;
            up = ancestor.get(at);
        }
        int least = best.get(at);
        while (depth > 0) {
            at = path[--depth];
            ancestor.set(at, up);
            int own = best.get(at);
            if (least < own) {
                best.set(at, least);
            } else {
                least = own;
            }
        }
        return least;
    }

    private void climb() {
        for (int w = 1; w <= last; w++) {
            int target = semi.get(w);
            int candidate = idom.get(w);
            while (candidate > target) {
                candidate = idom.get(candidate);
            }
            idom.set(w, candidate);
        }
    }
}
