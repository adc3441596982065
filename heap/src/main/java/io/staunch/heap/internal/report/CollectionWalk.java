package io.staunch.heap.internal.report;

import io.staunch.heap.Contents;
import io.staunch.heap.Contents.TypeCount;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.FieldInfo;
import io.staunch.heap.internal.index.TypeInfo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Walks a collection by its structure, whoever wrote it: from the collection to its table, segments or first node,
/// from entry to entry, and through the entries that a cache puts around what it was given. Knows the words
/// that collections use for their parts, not the collections.
public final class CollectionWalk {
    private static final int MOST_ELEMENTS = 200_000;
    private static final int DEEPEST = 8;
    private static final int MOST_SAMPLES = 5;
    private static final int MOST_TYPES = 5;
    /// Fields that lead to a collection's elements, the likeliest first. The first that has any is followed.
    private static final List<String> PARTS = List.of(
            "table",
            "segments",
            "references",
            "data",
            "elementData",
            "elements",
            "entries",
            "es",
            "items",
            "array",
            "queue",
            "stack",
            "hashTableKToV",
            "root",
            "first",
            "head",
            "node",
            "map",
            "m",
            "al",
            "q",
            "delegate",
            "cache",
            "localCache",
            "c",
            "list",
            "set",
            "eden",
            "longterm");
    private static final List<String> KEYS = List.of("key", "k");
    private static final List<String> VALUES = List.of("value", "val", "item", "element", "valueReference", "v");

    private final ObjectGraph graph;
    private final ObjectReader reader;
    private final BitSet seen = new BitSet();
    private final Set<String> packages = new HashSet<>();
    private final Map<TypeInfo, Boolean> entryTypes = new HashMap<>();
    private final Map<String, Long> keys = new HashMap<>();
    private final Map<String, Long> values = new HashMap<>();
    private final List<String> samples = new ArrayList<>();
    private final boolean showValues;
    private long elements;

    private CollectionWalk(ObjectGraph graph, boolean showValues) {
        this.graph = graph;
        this.reader = new ObjectReader(graph);
        this.showValues = showValues;
    }

    /// What is in a collection; empty when the object is none, or only its name looks like one.
    public static Optional<Contents> of(int collection, ObjectGraph graph, boolean showValues) {
        CollectionWalk walk = new CollectionWalk(graph, showValues);
        boolean isArray = graph.type(collection).kind() == TypeInfo.Kind.OBJECT_ARRAY;
        if (!isArray && !walk.isStructure(collection)) {
            return Optional.empty();
        }
        walk.open(collection, 0);
        if (walk.elements == 0
                && !isArray
                && !Owners.isJdk(graph.type(collection).name())) {
            return Optional.empty();
        }
        return Optional.of(new Contents(
                Families.plain(graph.type(collection).name()),
                walk.elements,
                walk.elements < MOST_ELEMENTS,
                counts(walk.keys),
                counts(walk.values),
                walk.samples));
    }

    private static List<TypeCount> counts(Map<String, Long> types) {
        return types.entrySet().stream()
                .map(entry -> new TypeCount(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(TypeCount::count).reversed().thenComparing(TypeCount::type))
                .limit(MOST_TYPES)
                .toList();
    }

    /// Whether an object is a collection or a part of one that holds entries.
    private boolean isStructure(int object) {
        TypeInfo type = graph.type(object);
        return type.kind() == TypeInfo.Kind.INSTANCES
                && (Ownership.isForAnything(type)
                        || type.isA("java.util.Dictionary")
                        || (type.name().startsWith("java.util.")
                                && (Ownership.isNamedForAnything(type)
                                        || type.name().endsWith("View"))));
    }

    private boolean isEntry(int object) {
        return entryTypes.computeIfAbsent(
                graph.type(object),
                type -> Entries.isEntry(type)
                        && (Entries.isLinked(type) || Entries.holdsOne(type) || type.isA("java.lang.ref.Reference")));
    }

    private boolean isReference(int object) {
        return graph.type(object).isA("java.lang.ref.Reference");
    }

    private boolean isFull() {
        return elements >= MOST_ELEMENTS;
    }

    /// Opens a collection or a part of one.
    private void open(int object, int depth) {
        if (depth > DEEPEST || seen.get(object) || isFull()) {
            return;
        }
        TypeInfo type = graph.type(object);
        if (type.kind() == TypeInfo.Kind.OBJECT_ARRAY) {
            seen.set(object);
            openArray(object, depth);
        } else if (isEntry(object)) {
            openEntries(object);
        } else {
            seen.set(object);
            if (!Owners.isJdk(type.name())) {
                packages.add(Owners.packageOf(type.name()));
            }
            if (type.isA("java.util.IdentityHashMap")) {
                openPairs(reader.reference(object, "table"));
            } else {
                openParts(object, depth);
            }
        }
    }

    /// Follows the likeliest field that leads to any elements.
    private void openParts(int object, int depth) {
        long before = elements;
        for (String field : PARTS) {
            int part = reader.reference(object, field);
            if (part >= 0 && isPart(part)) {
                open(part, depth + 1);
            }
            if (elements > before) {
                return;
            }
        }
        for (int part : reader.references(object)) {
            if (isPart(part)) {
                open(part, depth + 1);
            }
            if (elements > before) {
                return;
            }
        }
    }

    private boolean isPart(int object) {
        TypeInfo.Kind kind = graph.type(object).kind();
        return kind == TypeInfo.Kind.OBJECT_ARRAY
                || (kind == TypeInfo.Kind.INSTANCES
                        && (isEntry(object)
                                || isStructure(object)
                                || isArrayHolder(object)
                                || reader.reference(object, "node") >= 0));
    }

    /// An AtomicReferenceArray is an array with a coat.
    private boolean isArrayHolder(int object) {
        return graph.type(object).isA("java.util.concurrent.atomic.AtomicReferenceArray");
    }

    private void openArray(int array, int depth) {
        String component = graph.type(array).name();
        boolean ofParts = !component.equals("java.lang.Object[]");
        reader.eachElement(array, element -> {
            if (isEntry(element)
                    && (ofParts
                            || isInnards(element)
                            || Owners.isJdk(graph.type(element).name()))) {
                openEntries(element);
            } else if (ofParts && Ownership.isForAnything(graph.type(element)) && isNeighbour(element, array)) {
                open(element, depth + 1);
            } else {
                element(-1, element);
            }
            return !isFull();
        });
    }

    /// Whether an array's elements are parts of the same collection, such as segments: same package as the array's
    /// type.
    private boolean isNeighbour(int element, int array) {
        return Owners.packageOf(graph.type(element).name())
                .equals(Owners.packageOf(graph.type(array).name()));
    }

    /// Keys and values in turn.
    private void openPairs(int table) {
        if (table < 0) {
            return;
        }
        List<Integer> cells = reader.elements(table, 2 * MOST_ELEMENTS);
        for (int i = 0; i + 1 < cells.size(); i += 2) {
            if (cells.get(i) >= 0) {
                element(cells.get(i), cells.get(i + 1));
            }
        }
    }

    /// Goes from entry to entry over all links between them.
    private void openEntries(int first) {
        Deque<Integer> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty() && !isFull()) {
            int entry = open.removeFirst();
            if (seen.get(entry)) {
                continue;
            }
            seen.set(entry);
            boolean held = entry(entry);
            if (!held && isReference(entry)) {
                int referent = reader.reference(entry, "referent");
                if (referent >= 0 && isEntry(referent)) {
                    open.add(referent);
                }
            }
            for (int link : links(entry)) {
                open.add(link);
            }
        }
    }

    private List<Integer> links(int entry) {
        List<Integer> links = new ArrayList<>();
        String itsPackage = Owners.packageOf(graph.type(entry).name());
        for (TypeInfo type = graph.type(entry); type != null; type = type.superType()) {
            for (FieldInfo field : type.fields()) {
                boolean holds = KEYS.contains(field.name()) || VALUES.contains(field.name());
                if (field.isReference() && !holds && !type.name().startsWith("java.lang.ref.")) {
                    int target = reader.reference(entry, field.name());
                    if (target >= 0
                            && isEntry(target)
                            && Owners.packageOf(graph.type(target).name()).equals(itsPackage)) {
                        links.add(target);
                    }
                }
            }
        }
        return links;
    }

    /// Counts what an entry holds; false when it holds nothing.
    private boolean entry(int entry) {
        int key = field(entry, KEYS);
        if (key < 0 && isReference(entry) && field(entry, VALUES) >= 0) {
            key = reader.reference(entry, "referent");
        }
        int value = unwrapped(field(entry, VALUES));
        if (value >= 0 && isInnards(value)) {
            if (!seen.get(value)) {
                seen.set(value);
                int inner = field(value, KEYS);
                element(unwrapped(inner >= 0 ? inner : key), unwrapped(field(value, VALUES)));
            }
            return true;
        }
        if (key < 0 && value < 0) {
            return false;
        }
        element(unwrapped(key), value);
        return true;
    }

    /// Whether an object is an entry that a cache around this collection made.
    private boolean isInnards(int object) {
        TypeInfo type = graph.type(object);
        if (!packages.contains(Owners.packageOf(type.name()))) {
            return false;
        }
        int value = reader.reference(object, "value");
        return Entries.hasKeyAndValue(type) || (value >= 0 && isReference(value));
    }

    private int field(int object, List<String> names) {
        for (String name : names) {
            int target = reader.reference(object, name);
            if (target >= 0) {
                return target;
            }
        }
        return -1;
    }

    /// What a reference refers to; the object itself when it is none.
    private int unwrapped(int object) {
        if (object < 0) {
            return -1;
        }
        if (isReference(object)) {
            return reader.reference(object, "referent");
        }
        return graph.type(object).name().endsWith("ValueReference") ? reader.reference(object, "referent") : object;
    }

    private void element(int key, int value) {
        elements++;
        if (key >= 0) {
            keys.merge(Families.plain(reader.typeItself(key).name()), 1L, Long::sum);
        }
        if (value >= 0) {
            values.merge(Families.plain(graph.type(value).name()), 1L, Long::sum);
        }
        if (showValues && samples.size() < MOST_SAMPLES) {
            samples.add(key >= 0 ? reader.show(key) + " → " + reader.show(value) : reader.show(value));
        }
    }
}
