package io.staunch.heap.internal.report;

import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.memory.Memory;
import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import java.io.IOException;

/// Families of types, the shortest paths to all objects, and memory outside the heap by path: what [Piles] builds on
/// and what needs no dominators, so that both can be made at the same time.
public final class PathSearch {
    private final Families families;
    private final ShortestPaths paths;

    private final DirectMemory direct;

    private PathSearch(ObjectGraph graph, Families families, ShortestPaths paths) {
        this.families = families;
        this.paths = paths;
        this.direct = DirectMemory.of(graph, paths.trie());
    }

    /// Searches the graph; the result lives as long as the memory.
    public static PathSearch of(ObjectGraph graph, Memory memory) {
        Families families = new Families(graph);
        return new PathSearch(graph, families, ShortestPaths.search(graph, families, memory));
    }

    /// What [#write] wrote; it lives as long as the memory that is read from.
    public static PathSearch read(TableReader in, ObjectGraph graph) {
        Families families = new Families(graph);
        return new PathSearch(graph, families, ShortestPaths.read(in, graph, families));
    }

    public void write(TableWriter out) throws IOException {
        paths.write(out);
    }

    Families families() {
        return families;
    }

    ShortestPaths paths() {
        return paths;
    }

    DirectMemory direct() {
        return direct;
    }
}
