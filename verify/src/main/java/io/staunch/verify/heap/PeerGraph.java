package io.staunch.verify.heap;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.netbeans.lib.profiler.heap.FieldValue;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.JavaClass;
import org.netbeans.lib.profiler.heap.ObjectArrayInstance;
import org.netbeans.lib.profiler.heap.ObjectFieldValue;
import org.netbeans.lib.profiler.heap.PrimitiveArrayInstance;

/// All objects that NetBeans' profiler library read from a dump, numbered in the order of their ids, and all references
/// between them with what they are. Sizes are the library's, in bytes. For dumps of some hundred thousand objects.
final class PeerGraph {
    /// What a reference is.
    enum Kind {
        /// A field, a static field, an array's element, or a class's loader.
        FIELD,
        SOFT,
        FINAL,
        /// Phantom ones, too.
        WEAK,
        /// From an object to its class; arrays of primitives have none, for their classes are never unloaded.
        CLASS,
        SUPERCLASS,
        /// A class's signers and protection domain, by [PeerRecords].
        DOMAIN,
        /// From a thread to what lies on its stack, by [PeerRecords].
        STACK
    }

    private final Heap heap;
    private final PeerRecords records;
    private final long[] ids;
    private final long[] sizes;
    private final boolean[] classes;
    private final boolean[] arrays;
    private final int[] first;
    private int[] targets = new int[1 << 16];
    private Kind[] kinds = new Kind[1 << 16];
    private int edges;
    private final int[] listedRoots;
    private final int[] offStackRoots;
    private final int[] lastingRoots;

    private PeerGraph(Heap heap, PeerRecords records) {
        this.heap = heap;
        this.records = records;
        List<Instance> all = PeerGraph.all(heap);
        this.ids = all.stream().mapToLong(Instance::getInstanceId).toArray();
        this.sizes = new long[ids.length];
        this.classes = new boolean[ids.length];
        this.arrays = new boolean[ids.length];
        this.first = new int[ids.length + 1];
        Map<Long, List<Long>> stacks = PeerRoots.stacks(records);
        for (int node = 0; node < ids.length; node++) {
            first[node] = edges;
            read(all.get(node), node);
            stacks.getOrDefault(ids[node], List.of()).forEach(id -> add(id, Kind.STACK));
        }
        first[ids.length] = edges;
        PeerRoots roots = new PeerRoots(heap, records);
        this.listedRoots = numbers(roots.listed());
        this.offStackRoots = numbers(roots.offStack());
        this.lastingRoots = numbers(roots.lasting());
    }

    static PeerGraph of(Heap heap, PeerRecords records) {
        return new PeerGraph(heap, records);
    }

    /// Every object and class, in the order of their ids.
    private static List<Instance> all(Heap heap) {
        NavigableMap<Long, Instance> all = new TreeMap<>();
        for (Iterator<?> found = heap.getAllInstancesIterator(); found.hasNext(); ) {
            Instance one = (Instance) found.next();
            all.put(one.getInstanceId(), one);
        }
        for (Object type : heap.getAllClasses()) {
            long id = ((JavaClass) type).getJavaClassId();
            all.putIfAbsent(id, heap.getInstanceByID(id));
        }
        return List.copyOf(all.values());
    }

    private int[] numbers(List<Long> wanted) {
        return wanted.stream()
                .mapToInt(this::numberOf)
                .filter(number -> number >= 0)
                .toArray();
    }

    private void read(Instance from, int node) {
        sizes[node] = from.getSize();
        JavaClass described = heap.getJavaClassByID(ids[node]);
        classes[node] = described != null;
        arrays[node] = from instanceof ObjectArrayInstance || from instanceof PrimitiveArrayInstance;
        JavaClass itsClass = from.getJavaClass();
        if (from instanceof ObjectArrayInstance array) {
            for (Object element : array.getValues()) {
                add((Instance) element, Kind.FIELD);
            }
        } else if (described != null) {
            for (Object field : described.getStaticFieldValues()) {
                add((FieldValue) field, Kind.FIELD);
            }
            add(described.getSuperClass(), Kind.SUPERCLASS);
            records.domains().getOrDefault(ids[node], List.of()).forEach(id -> add(id, Kind.DOMAIN));
        } else if (!arrays[node]) {
            Kind referent = referentOf(itsClass);
            for (Object field : from.getFieldValues()) {
                add((FieldValue) field, referent);
            }
        }
        if (!(from instanceof PrimitiveArrayInstance)) {
            add(itsClass, Kind.CLASS);
        }
    }

    private void add(FieldValue field, Kind referent) {
        if (field instanceof ObjectFieldValue reference) {
            boolean isReferent = referent != Kind.FIELD
                    && field.getField().getName().equals("referent")
                    && field.getField().getDeclaringClass().getName().equals("java.lang.ref.Reference");
            add(reference.getInstance(), isReferent ? referent : Kind.FIELD);
        }
    }

    private void add(@Nullable JavaClass target, Kind kind) {
        if (target != null) {
            add(target.getJavaClassId(), kind);
        }
    }

    private void add(@Nullable Instance target, Kind kind) {
        if (target != null) {
            add(target.getInstanceId(), kind);
        }
    }

    private void add(long target, Kind kind) {
        int number = numberOf(target);
        if (number >= 0) {
            if (edges == targets.length) {
                targets = Arrays.copyOf(targets, Math.multiplyExact(edges, 2));
                kinds = Arrays.copyOf(kinds, targets.length);
            }
            targets[edges] = number;
            kinds[edges++] = kind;
        }
    }

    /// What a type's instances do with their referent; FIELD for types that are no references.
    private static Kind referentOf(@Nullable JavaClass type) {
        for (JavaClass at = type; at != null; at = at.getSuperClass()) {
            switch (at.getName()) {
                case "java.lang.ref.SoftReference" -> {
                    return Kind.SOFT;
                }
                case "java.lang.ref.FinalReference" -> {
                    return Kind.FINAL;
                }
                case "java.lang.ref.Reference" -> {
                    return Kind.WEAK;
                }
                default -> {}
            }
        }
        return Kind.FIELD;
    }

    int size() {
        return ids.length;
    }

    long id(int node) {
        return ids[node];
    }

    /// Negative when the library did not read it.
    int numberOf(long id) {
        return Arrays.binarySearch(ids, id);
    }

    /// The library's, in bytes.
    long sizeOf(int node) {
        return sizes[node];
    }

    boolean isClass(int node) {
        return classes[node];
    }

    boolean isArray(int node) {
        return arrays[node];
    }

    /// Where a node's references start; they end where the next one's start.
    int first(int node) {
        return first[node];
    }

    int target(int edge) {
        return targets[edge];
    }

    Kind kind(int edge) {
        return kinds[edge];
    }

    /// All roots that the dump lists, in the library's order.
    int[] listedRoots() {
        return listedRoots;
    }

    /// The same but for those on the stack of a thread that the dump tells of.
    int[] offStackRoots() {
        return offStackRoots;
    }

    /// Classes that are never unloaded because of their loader, and these loaders.
    int[] lastingRoots() {
        return lastingRoots;
    }
}
