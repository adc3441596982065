package io.staunch.heap.internal.report;

import io.staunch.heap.HeapReport;
import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.Root;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    /// Lists at most `top` rows each.
    public HeapReport of(Path file, int top) {
        Histogram histogram = new Histogram(graph, tree);
        Breakdown breakdown = new Breakdown(graph, tree, piles.owners());
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
                histogram.biggest(top),
                histogram.types(top),
                breakdown.packages(top),
                breakdown.loaders(top),
                breakdown.libraries(top),
                new Stacks(graph, tree).threads(top),
                breakdown.unreachable(histogram.types(Integer.MAX_VALUE), histogram.bytes(), top),
                piles.suspects(top),
                new Findings(piles).all(),
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
