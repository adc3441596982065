package io.staunch.heap.internal.report;

import io.staunch.heap.Finding;
import io.staunch.heap.Shape;
import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.Root;
import io.staunch.heap.internal.index.TypeInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Memory that is used without need: equal strings, empty and sparse collections. Reads the contents of all strings and
/// the sizes of all collections: O(objects + characters), about 50 bytes for each different string while it runs.
public final class Waste {
    private static final int LEAST_CAPACITY = 16;
    private static final int SPARSE_BELOW = 4;
    private static final List<String> TABLES = List.of("table", "elementData", "elements", "queue", "array");
    private static final List<String> SIZES = List.of("size", "elementCount", "count");

    private final ObjectGraph graph;
    private final DominatorTree tree;
    private final ObjectReader reader;
    private final @Nullable TypeInfo stringType;

    public Waste(ObjectGraph graph, DominatorTree tree) {
        this.graph = graph;
        this.tree = tree;
        this.reader = new ObjectReader(graph);
        this.stringType = graph.types().all().stream()
                .filter(type -> type.name().equals("java.lang.String"))
                .findFirst()
                .orElse(null);
    }

    /// What is wasted, most bytes first.
    public List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        found.addAll(strings());
        found.addAll(collections());
        interned().ifPresent(found::add);
        found.sort(Comparator.comparingLong(Finding::bytes).reversed());
        return found;
    }

    private List<Finding> strings() {
        Set<Long> texts = new HashSet<>();
        long copies = 0;
        long wasted = 0;
        for (int position = 1; position <= tree.last(); position++) {
            int object = tree.objectAt(position);
            int value = graph.type(object) == stringType ? reader.reference(object, "value") : -1;
            if (value >= 0 && !texts.add(reader.contentHash(value))) {
                copies++;
                wasted += tree.retained(position);
            }
        }
        if (copies == 0) {
            return List.of();
        }
        String what = String.format(
                Locale.ROOT,
                "%,d strings are copies of others: %,d different texts would do, and spare %s",
                copies,
                texts.size(),
                Sentences.bytes(wasted));
        return List.of(new Finding(Shape.DUPLICATE_STRINGS, copies, wasted, what, List.of()));
    }

    private long retained(int object) {
        int position = tree.positionOf(object);
        return position == 0 ? 0 : tree.retained(position);
    }

    private List<Finding> collections() {
        long[] empty = new long[2];
        long[] sparse = new long[2];
        boolean[] isCollection = collectionTypes();
        int reference = graph.sizes().layout().referenceBytes();
        for (int position = 1; position <= tree.last(); position++) {
            int object = tree.objectAt(position);
            if (!isCollection[graph.typeNumber(object)]) {
                continue;
            }
            Optional<Integer> size = size(object);
            int table = table(object);
            int capacity = table < 0 ? 0 : reader.length(table);
            if (size.isPresent() && size.get() == 0) {
                empty[0]++;
                empty[1] += tree.retained(position);
            } else if (size.isPresent() && capacity >= LEAST_CAPACITY && size.get() * (long) SPARSE_BELOW < capacity) {
                sparse[0]++;
                sparse[1] += (long) (capacity - size.get()) * reference;
            }
        }
        List<Finding> found = new ArrayList<>();
        if (empty[0] > 0) {
            found.add(finding(Shape.EMPTY_COLLECTIONS, empty, "%,d collections are empty and take %s"));
        }
        if (sparse[0] > 0) {
            found.add(finding(
                    Shape.SPARSE_COLLECTIONS,
                    sparse,
                    "%,d collections use less than a quarter of the room that they reserve; the rest is %s"));
        }
        return found;
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency worth having
    private static Finding finding(Shape shape, long[] sum, String sentence) {
        return new Finding(
                shape,
                sum[0],
                sum[1],
                String.format(Locale.ROOT, sentence, sum[0], Sentences.bytes(sum[1])),
                List.of());
    }

    private boolean[] collectionTypes() {
        boolean[] are = new boolean[graph.typeCount()];
        for (int t = 0; t < are.length; t++) {
            TypeInfo type = graph.typeAt(t);
            are[t] = type.isA("java.util.AbstractMap")
                    || type.isA("java.util.AbstractCollection")
                    || type.isA("java.util.Dictionary");
        }
        return are;
    }

    private Optional<Integer> size(int collection) {
        return SIZES.stream()
                .map(field -> reader.number(collection, field))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private int table(int collection) {
        for (String field : TABLES) {
            int table = reader.reference(collection, field);
            if (table >= 0 && graph.type(table).kind() == TypeInfo.Kind.OBJECT_ARRAY) {
                return table;
            }
        }
        return -1;
    }

    /// Only dumps of some JVMs list interned strings.
    private Optional<Finding> interned() {
        long count = 0;
        long bytes = 0;
        for (Root root : graph.dumpedRoots()) {
            int object = root.kind() == Root.Kind.INTERNED ? graph.ids().indexOf(root.id()) : -1;
            if (object >= 0) {
                count++;
                bytes += retained(object);
            }
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(new Finding(
                        Shape.INTERNED_STRINGS,
                        count,
                        bytes,
                        String.format(
                                Locale.ROOT, "%,d strings are interned and take %s", count, Sentences.bytes(bytes)),
                        List.of()));
    }
}
