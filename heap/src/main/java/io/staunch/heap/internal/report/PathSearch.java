package io.staunch.heap.internal.report;

import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.memory.Memory;

/// Families of types and the shortest paths to all objects: what [Piles] builds on and what needs no dominators, so
/// that both can be made at the same time.
public final class PathSearch {
    private final Families families;
    private final ShortestPaths paths;

    private PathSearch(Families families, ShortestPaths paths) {
        this.families = families;
        this.paths = paths;
    }

    /// Searches the graph; the result lives as long as the memory.
    public static PathSearch of(ObjectGraph graph, Memory memory) {
        Families families = new Families(graph);
        return new PathSearch(families, ShortestPaths.search(graph, families, memory));
    }

    Families families() {
        return families;
    }

    ShortestPaths paths() {
        return paths;
    }
}
