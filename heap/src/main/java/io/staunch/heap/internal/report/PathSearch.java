package io.staunch.heap.internal.report;

import io.staunch.heap.internal.graph.ObjectGraph;
import java.lang.foreign.Arena;

/// Families of types and the shortest paths to all objects: what [Piles] builds on and what needs no dominators, so
/// that both can be made at the same time.
public final class PathSearch {
    private final Families families;
    private final ShortestPaths paths;

    private PathSearch(Families families, ShortestPaths paths) {
        this.families = families;
        this.paths = paths;
    }

    /// Searches the graph; the result lives as long as the arena.
    public static PathSearch of(ObjectGraph graph, Arena arena) {
        Families families = new Families(graph);
        return new PathSearch(families, ShortestPaths.search(graph, families, arena));
    }

    Families families() {
        return families;
    }

    ShortestPaths paths() {
        return paths;
    }
}
