package io.staunch.heap.internal.dominators;

import io.staunch.heap.internal.graph.Ints;
import io.staunch.heap.internal.graph.Longs;
import io.staunch.heap.internal.graph.Parallel;
import io.staunch.heap.internal.memory.Memory;
import io.staunch.heap.internal.memory.Ticker;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Immediate dominators in preorder numbers, by semi-NCA: semidominators by path compression in reverse preorder
/// (Lengauer & Tarjan 1979), then one forward pass that climbs from the parent to the semidominator (Georgiadis
/// 2005). A number that only its parent refers to has the parent as semidominator and as dominator, so both passes
/// look at nothing but the targets of references that are no tree edges. Close to O(references) on heaps; three ints
/// an object while it runs, one kept.
final class Dominators {
    private final DepthFirst order;
    private final Memory memory;
    private final Ticker ticker;
    private final int last;
    private final Ints idom;
    /// For each number the nearest ancestor that path compression has left, and the least semidominator on the way
    /// there: side by side, for both are asked for together.
    private final Longs forest;

    private final Joins joins;
    private int[] path = new int[1024];

    private Dominators(DepthFirst order, Memory memory, int threads, Ticker ticker) {
        this.order = order;
        this.memory = memory;
        this.ticker = ticker;
        this.joins = new Joins(memory);
        this.last = order.last();
        this.idom = order.parents();
        this.forest = new Longs(order.spare());
        Parallel.ranges(last, threads, this::hangBelowParents);
        order.eachBelowTop(number -> {
            set(number, idom.get(number), 0);
            idom.set(number, 0);
        });
    }

    /// Numbers after `from`, up to `to`.
    private void hangBelowParents(int from, int to) {
        for (int w = from + 1; w <= to; w++) {
            int parent = idom.get(w);
            set(w, parent, parent);
        }
    }

    /// Immediate dominator of each number from 1; it takes the place of the walk's parents. 0 dominates all.
    static Ints of(DepthFirst order, Memory memory, int threads, Ticker ticker) {
        Dominators work = new Dominators(order, memory, threads, ticker);
        try (Joins found = work.joins) {
            work.semidominators();
            found.eachAscending(work::climb);
        }
        return work.idom;
    }

    /// Bucket by bucket in descending order; another thread sorts one bucket ahead.
    private void semidominators() {
        int bucket = order.crossings().buckets() - 1;
        FutureTask<Rows> next = sort(bucket);
        try {
            for (; bucket >= 0; bucket--) {
                Rows rows = next.get();
                next = sort(bucket - 1);
                semidominators(rows);
                rows.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted while analysing").initCause(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("expected a sorted bucket, found a failure", e.getCause());
        }
    }

    private FutureTask<Rows> sort(int bucket) {
        FutureTask<Rows> task = new FutureTask<>(() -> Rows.sort(order.crossings(), bucket, idom, memory));
        if (bucket >= 0) {
            Thread.ofPlatform().daemon().name("heap-sort").start(task);
        }
        return task;
    }

    private long entry(int v) {
        return forest.get(v);
    }

    private void set(int v, int ancestor, int best) {
        forest.set(v, (long) ancestor << 32 | best);
    }

    /// Semidominators of one bucket's targets, in descending order.
    private void semidominators(Rows rows) {
        for (int row = rows.width() - 1; row >= 0; row--) {
            long start = rows.start(row);
            long end = rows.end(row);
            if (start < end) {
                semidominator(rows.target(row), rows, start, end);
            }
        }
    }

    private void semidominator(int w, Rows rows, long start, long end) {
        int parent = idom.get(w);
        int least = parent;
        for (long at = start; at < end && least > 0; at++) {
            int source = rows.source(at);
            int found = source <= w ? source : evaluate(source, w + 1);
            if (found < least) {
                least = found;
            }
            ticker.tick();
        }
        if (least < parent) {
            set(w, parent, least);
            joins.add(w, least);
        }
    }

    /// The least semidominator on the tree path from v up to and without the first node that is not linked yet.
    private int evaluate(int v, int linked) {
        long entry = entry(v);
        if ((int) (entry >>> 32) < linked) {
            return (int) entry;
        }
        int depth = 0;
        int at = v;
        while ((int) (entry >>> 32) >= linked) {
            if (depth == path.length) {
                path = Arrays.copyOf(path, depth * 2);
            }
            path[depth++] = at;
            at = (int) (entry >>> 32);
            entry = entry(at);
        }
        int root = (int) (entry >>> 32);
        int least = (int) entry;
        while (depth > 0) {
            at = path[--depth];
            least = Math.min(least, (int) entry(at));
            set(at, root, least);
        }
        return least;
    }

    /// The nearest ancestor not below the semidominator, along dominators that are known already.
    private void climb(int w, int semi) {
        int candidate = idom.get(w);
        while (candidate > semi) {
            candidate = idom.get(candidate);
        }
        idom.set(w, candidate);
    }
}
