package io.staunch.heap;

import io.staunch.heap.internal.bytes.DumpBytes;
import io.staunch.heap.internal.bytes.Outline;
import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.Linker;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.HeapIndex;
import io.staunch.heap.internal.index.Indexer;
import io.staunch.heap.internal.memory.Memory;
import io.staunch.heap.internal.memory.Ticker;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// An object graph drawn in text, one object and what it refers to a line; `root` names what roots hold:
/// ```
/// root -> a
/// a -> b c
/// ```
/// Every object is an Object[].
final class DrawnGraph implements AutoCloseable {
    private final Memory memory;
    private final Map<String, Long> ids = new TreeMap<>();
    final ObjectGraph graph;
    final DominatorTree tree;

    DrawnGraph(String drawing) throws IOException {
        this(parse(drawing));
    }

    DrawnGraph(Map<String, List<String>> links) throws IOException {
        this(links, Memory.unlimited(), 1);
    }

    DrawnGraph(Map<String, List<String>> links, Memory memory, int threads) throws IOException {
        this.memory = memory;
        HprofBuilder dump = new HprofBuilder();
        links.forEach((from, targets) -> {
            if (!from.equals("root")) {
                ids.computeIfAbsent(from, name -> dump.newId());
            }
            targets.forEach(to -> ids.computeIfAbsent(to, name -> dump.newId()));
        });
        ids.forEach((name, id) -> dump.array(
                id, links.getOrDefault(name, List.of()).stream().map(this::id).toList()));
        links.getOrDefault("root", List.of()).forEach(name -> dump.root(id(name)));
        dump.stickyClass("java.lang.Object[]");
        DumpBytes bytes = DumpBytes.of(Path.of("drawn.hprof"), MemorySegment.ofArray(dump.build()));
        Outline outline = Outline.read(bytes);
        HeapIndex index = new Indexer(bytes, outline, threads, done -> {}).index();
        if (threads > 1) {
            DominatorTree.prepare(memory, index.ids().size());
        }
        graph = new Linker(bytes, outline, index, memory, threads, done -> {}).link();
        tree = DominatorTree.of(graph, memory, threads, Ticker.silent());
    }

    private static Map<String, List<String>> parse(String drawing) {
        Map<String, List<String>> links = new LinkedHashMap<>();
        for (String line : drawing.strip().lines().toList()) {
            List<String> sides = List.of(line.split("->", -1));
            links.computeIfAbsent(sides.get(0).strip(), name -> new ArrayList<>())
                    .addAll(List.of(sides.get(1).strip().split("\\s+", -1)));
        }
        return links;
    }

    private long id(String name) {
        Long id = ids.get(name);
        if (id == null) {
            throw new IllegalArgumentException("expected a drawn object, found " + name);
        }
        return id;
    }

    int object(String name) {
        return graph.ids().indexOf(id(name));
    }

    private String nameOf(int object) {
        long id = graph.ids().idOf(object);
        return ids.entrySet().stream()
                .filter(entry -> entry.getValue() == id)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("?");
    }

    boolean isReachable(String name) {
        return tree.positionOf(object(name)) > 0;
    }

    /// Name of the immediate dominator, `root` for the top.
    String dominatorOf(String name) {
        int up = tree.up(tree.positionOf(object(name)));
        return up == 0 ? "root" : nameOf(tree.objectAt(up));
    }

    long retained(String name) {
        return tree.retained(tree.positionOf(object(name)));
    }

    long shallow(String name) {
        return graph.shallow(object(name));
    }

    @Override
    public void close() {
        memory.close();
    }
}
