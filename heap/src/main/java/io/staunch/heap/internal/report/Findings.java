package io.staunch.heap.internal.report;

import io.staunch.heap.Finding;
import io.staunch.heap.Shape;
import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.TypeInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Known troubles that show in the structure of a heap, by the JDK's own types: what waits for its finalizer, values of
/// threads that ended, class loaders that should have gone, memory outside the heap.
final class Findings {
    private static final double SAME_CLASSES = 0.5;
    private static final int LEAST_CLASSES = 3;
    /// What is neither many nor much is not worth a word.
    private static final int MANY = 1_000;
    private static final double LEAST_SHARE = 0.01;
    /// The bit of a thread's status that says that it has ended (JVMTI_THREAD_STATE_TERMINATED).
    private static final int TERMINATED = 2;

    private final Piles piles;
    private final ObjectGraph graph;
    private final DominatorTree tree;
    private final ObjectReader reader;

    Findings(Piles piles) {
        this.piles = piles;
        this.graph = piles.graph();
        this.tree = piles.tree();
        this.reader = new ObjectReader(graph);
    }

    List<Finding> all() {
        List<Finding> found = new ArrayList<>();
        finalizable().ifPresent(found::add);
        endedThreads().ifPresent(found::add);
        directMemory().ifPresent(found::add);
        found.removeIf(finding -> finding.count() < MANY && finding.bytes() < LEAST_SHARE * tree.retained(0));
        found.addAll(reloadedLoaders());
        found.sort(Comparator.comparingLong(Finding::bytes).reversed());
        return found;
    }

    /// What only a finalizer still reaches.
    private Optional<Finding> finalizable() {
        Map<String, Long> counts = new HashMap<>();
        long bytes = 0;
        for (int position = tree.lastSoft() + 1; position <= tree.last(); position++) {
            boolean isClass =
                    graph.type(tree.objectAt(position)) == graph.types().classType();
            if (tree.up(position) == 0 && !isClass) {
                bytes += tree.retained(position);
                counts.merge(Families.plain(graph.type(tree.objectAt(position)).name()), 1L, Long::sum);
            }
        }
        if (counts.isEmpty()) {
            return Optional.empty();
        }
        long count = counts.values().stream().mapToLong(Long::longValue).sum();
        Map.Entry<String, Long> most = counts.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow();
        return Optional.of(new Finding(
                Shape.FINALIZERS,
                count,
                bytes,
                say(
                        "%,d objects wait for their finalizer, %,d of them %s; they keep %s alive until it has run",
                        count, most.getValue(), most.getKey(), Sentences.bytes(bytes)),
                List.of()));
    }

    /// Threads that ended and are still held, often as keys of a map, and what is still bound to them.
    private Optional<Finding> endedThreads() {
        Sum ended = new Sum(tree);
        long withValues = 0;
        boolean[] isThread = typesThatAre("java.lang.Thread");
        List<Integer> positions = new ArrayList<>();
        for (int object = 0; object < graph.size(); object++) {
            if (isThread[graph.typeNumber(object)] && tree.positionOf(object) != 0 && hasEnded(object)) {
                positions.add(tree.positionOf(object));
                withValues += reader.reference(object, "threadLocals") >= 0 ? 1 : 0;
            }
        }
        positions.sort(null);
        positions.forEach(ended::add);
        if (ended.instances() == 0) {
            return Optional.empty();
        }
        HolderPath path = HolderPath.to(ended.largest(), piles.paths(), graph);
        return Optional.of(new Finding(
                withValues > 0 ? Shape.THREAD_LOCALS : Shape.THREADS,
                ended.instances(),
                ended.retained(),
                say(
                        "%,d threads have ended but are still held, %,d of them with the values of their ThreadLocals:"
                                + " %s, the largest by %s",
                        ended.instances(), withValues, Sentences.bytes(ended.retained()), path.telling()),
                path.labels()));
    }

    /// A thread that is not live has ended if its status says so, or if it has values, which it can't have got before.
    private boolean hasEnded(int thread) {
        if (graph.threads().isLive(thread)) {
            return false;
        }
        int fields = reader.reference(thread, "holder");
        Optional<Integer> status = reader.number(fields < 0 ? thread : fields, "threadStatus");
        return status.isPresent() ? (status.get() & TERMINATED) != 0 : reader.reference(thread, "threadLocals") >= 0;
    }

    private boolean[] typesThatAre(String ancestor) {
        boolean[] are = new boolean[graph.typeCount()];
        for (int t = 0; t < are.length; t++) {
            are[t] = graph.typeAt(t).isA(ancestor);
        }
        return are;
    }

    /// Loaders of one type that have loaded the same classes: all but one of them should have gone.
    private List<Finding> reloadedLoaders() {
        Map<Long, Set<String>> classesOf = new HashMap<>();
        for (TypeInfo type : graph.types().all()) {
            if (type.loaderId() != 0 && type.kind() == TypeInfo.Kind.INSTANCES && !type.isHidden()) {
                classesOf
                        .computeIfAbsent(type.loaderId(), loader -> new HashSet<>())
                        .add(type.name());
            }
        }
        Map<String, List<Integer>> alike = new HashMap<>();
        classesOf.forEach((loader, classes) -> {
            int object = graph.ids().indexOf(loader);
            boolean again = classesOf.entrySet().stream()
                    .anyMatch(other -> !other.getKey().equals(loader) && same(classes, other.getValue()));
            if (object >= 0 && again) {
                alike.computeIfAbsent(graph.type(object).name(), type -> new ArrayList<>())
                        .add(object);
            }
        });
        return alike.entrySet().stream()
                .map(entry -> reloaded(entry.getKey(), entry.getValue(), classesOf))
                .toList();
    }

    private static boolean same(Set<String> classes, Set<String> others) {
        long common = classes.stream().filter(others::contains).count();
        return common >= LEAST_CLASSES && common >= SAME_CLASSES * classes.size();
    }

    private Finding reloaded(String type, List<Integer> loaders, Map<Long, Set<String>> classesOf) {
        long bytes = loaders.stream().mapToLong(this::retained).sum();
        int first = loaders.stream().min(Comparator.naturalOrder()).orElseThrow();
        int classes = classesOf.getOrDefault(graph.ids().idOf(first), Set.of()).size();
        List<String> path = new LoaderPath(graph, first).labels();
        return new Finding(
                Shape.CLASS_LOADERS,
                loaders.size(),
                bytes,
                say(
                        "%,d class loaders %s have loaded the same classes, %,d each; all but one should be gone;"
                                + " together they keep %s alive%s",
                        loaders.size(),
                        type,
                        classes,
                        Sentences.bytes(bytes),
                        path.isEmpty() ? "" : ", one of them is held by " + HolderPath.telling(path)),
                path);
    }

    private long retained(int object) {
        int position = tree.positionOf(object);
        return position == 0 ? 0 : tree.retained(position);
    }

    /// Memory that direct buffers hold outside the heap.
    private Optional<Finding> directMemory() {
        long bytes = piles.direct().below(0);
        if (bytes == 0) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                Shape.DIRECT_BUFFERS,
                piles.direct().count(),
                bytes,
                say(
                        "%,d direct buffers hold %s outside the heap, which no figure of the heap includes",
                        piles.direct().count(), Sentences.bytes(bytes)),
                List.of()));
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency worth having
    private static String say(String sentence, Object... parts) {
        return String.format(Locale.ROOT, sentence, parts);
    }
}
