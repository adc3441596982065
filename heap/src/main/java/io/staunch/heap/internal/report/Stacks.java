package io.staunch.heap.internal.report;

import io.staunch.heap.HeapReport.FrameUse;
import io.staunch.heap.HeapReport.LocalUse;
import io.staunch.heap.HeapReport.ThreadUse;
import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.Root;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Live threads with their stacks and what each call's local variables hold.
final class Stacks {
    private static final int MOST_FRAMES = 64;
    private static final int MOST_LOCALS = 8;

    private final ObjectGraph graph;
    private final DominatorTree tree;
    private final ObjectReader reader;

    Stacks(ObjectGraph graph, DominatorTree tree) {
        this.graph = graph;
        this.tree = tree;
        this.reader = new ObjectReader(graph);
    }

    /// Threads by what they retain, at most so many.
    List<ThreadUse> threads(int most) {
        return graph.index().threadObjects().values().stream()
                .distinct()
                .map(id -> graph.ids().indexOf(id))
                .filter(thread -> thread >= 0)
                .sorted(Comparator.comparingLong(this::retained).reversed().thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .map(this::thread)
                .toList();
    }

    private long retained(int object) {
        int position = tree.positionOf(object);
        return position == 0 ? 0 : tree.retained(position);
    }

    private ThreadUse thread(int thread) {
        return new ThreadUse(
                reader.threadName(thread),
                graph.type(thread).name(),
                graph.ids().idOf(thread),
                retained(thread),
                frames(thread));
    }

    /// All calls with locals, and the innermost ones without.
    private List<FrameUse> frames(int thread) {
        Map<Integer, List<LocalUse>> localsOf = new TreeMap<>();
        for (int local : graph.threads().of(thread)) {
            int frame = graph.threads().rootOf(thread, local).map(Root::frame).orElse(-1);
            localsOf.computeIfAbsent(frame, f -> new ArrayList<>())
                    .add(new LocalUse(
                            Families.plain(graph.type(local).name()),
                            graph.ids().idOf(local),
                            retained(local)));
        }
        Optional<Integer> trace = graph.threads().traceOf(thread);
        List<String> methods = trace.isEmpty() ? List.of() : graph.outline().methods(trace.get());
        List<FrameUse> frames = new ArrayList<>();
        for (int frame = 0; frame < methods.size() && frame < MOST_FRAMES; frame++) {
            frames.add(new FrameUse(methods.get(frame), biggest(localsOf.getOrDefault(frame, List.of()))));
        }
        List<LocalUse> elsewhere = biggest(localsOf.getOrDefault(-1, List.of()));
        if (!elsewhere.isEmpty()) {
            frames.add(new FrameUse("native code", elsewhere));
        }
        return frames;
    }

    private static List<LocalUse> biggest(List<LocalUse> locals) {
        return locals.stream()
                .sorted(Comparator.comparingLong(LocalUse::retained).reversed())
                .limit(MOST_LOCALS)
                .toList();
    }
}
