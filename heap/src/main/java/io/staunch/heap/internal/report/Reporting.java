package io.staunch.heap.internal.report;

import io.staunch.heap.Finding;
import io.staunch.heap.HeapReport;
import io.staunch.heap.HeapReport.BigObject;
import io.staunch.heap.HeapReport.ThreadUse;
import io.staunch.heap.LeakSuspect;
import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.Root;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Puts a [HeapReport] together.
public final class Reporting {
    private final ObjectGraph graph;
    private final DominatorTree tree;
    private final Piles piles;
    private final List<String> warnings;

    public Reporting(ObjectGraph graph, DominatorTree tree, Piles piles, List<String> warnings) {
        this.graph = graph;
        this.tree = tree;
        this.piles = piles;
        this.warnings = warnings;
    }

    /// What is counted, beside the suspects.
    private record Counted(Histogram histogram, Breakdown breakdown, List<Finding> findings, List<ThreadUse> threads) {}

    /// Lists at most `top` rows each. Counts on a second thread if it may.
    public HeapReport of(Path file, int top, int threads) {
        FutureTask<Counted> counting = new FutureTask<>(() -> count(top));
        if (threads > 1) {
            Thread.ofPlatform().daemon().name("heap-counts").start(counting);
        } else {
            counting.run();
        }
        List<LeakSuspect> suspects = piles.suspects(top);
        List<BigObject> biggest = BigObjects.most(graph, tree, top);
        try {
            return report(file, top, suspects, biggest, counting.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while counting");
        } catch (ExecutionException e) {
            throw new IllegalStateException("expected counts of all objects, found a failure", e.getCause());
        }
    }

    private Counted count(int top) {
        Breakdown breakdown = new Breakdown(graph, tree, piles.owners());
        return new Counted(
                new Histogram(graph, tree, breakdown),
                breakdown,
                new Findings(piles).all(),
                new Stacks(graph, tree).threads(top));
    }

    private HeapReport report(
            Path file, int top, List<LeakSuspect> suspects, List<BigObject> biggest, Counted counted) {
        Histogram histogram = counted.histogram();
        Breakdown breakdown = counted.breakdown();
        return new HeapReport(
                String.valueOf(file.getFileName()),
                graph.size(),
                histogram.bytes(),
                tree.last(),
                tree.retained(0),
                graph.types().size(),
                graph.dumpedRoots().size(),
                rootsByKind(),
                graph.sizes().layout(),
                biggest,
                histogram.types(top),
                breakdown.packages(top),
                breakdown.loaders(top),
                breakdown.libraries(top),
                counted.threads(),
                breakdown.unreachable(histogram.types(Integer.MAX_VALUE), histogram.bytes(), top),
                suspects,
                counted.findings(),
                warnings);
    }

    private Map<String, Long> rootsByKind() {
        Map<String, Long> counts = new TreeMap<>();
        for (Root root : graph.dumpedRoots()) {
            counts.merge(root.kind().label(), 1L, Long::sum);
        }
        return counts;
    }
}
