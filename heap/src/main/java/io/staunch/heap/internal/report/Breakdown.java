package io.staunch.heap.internal.report;

import io.staunch.heap.HeapReport.GroupUse;
import io.staunch.heap.HeapReport.TypeUse;
import io.staunch.heap.HeapReport.Unreachable;
import io.staunch.heap.Library;
import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.TypeInfo;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where the bytes are, by package, class loader and library, and what nothing reaches. A class object belongs to the
/// group of the class that it stands for. To be shown every reachable object once.
final class Breakdown implements Histogram.Visitor {
    private final ObjectGraph graph;
    private final DominatorTree tree;
    private final Grouping packages;
    private final Grouping loaders;
    private final Grouping libraries;
    private final long[] reachedInstances;
    private final long[] reachedBytes;
    private final int classType;

    Breakdown(ObjectGraph graph, DominatorTree tree, Owners owners) {
        this.graph = graph;
        this.tree = tree;
        ObjectReader reader = new ObjectReader(graph);
        this.packages = new Grouping(graph, type -> packageOf(type.name()));
        this.loaders = new Grouping(graph, type -> loaderName(type, reader));
        this.libraries = new Grouping(graph, type -> libraryOf(type, owners));
        this.reachedInstances = new long[graph.typeCount()];
        this.reachedBytes = new long[graph.typeCount()];
        this.classType = graph.types().classType().number();
    }

    @Override
    public void object(int object, int type, int position, int lastOwned, long shallow, long retained) {
        reachedInstances[type]++;
        reachedBytes[type] += shallow;
        int stoodFor = type == classType ? typeStoodFor(object, type) : type;
        packages.add(stoodFor, position, lastOwned, shallow, retained);
        loaders.add(stoodFor, position, lastOwned, shallow, retained);
        libraries.add(stoodFor, position, lastOwned, shallow, retained);
    }

    private int typeStoodFor(int object, int itself) {
        TypeInfo described = graph.types().described(graph.ids().idOf(object));
        return described != null && described.number() < graph.typeCount() ? described.number() : itself;
    }

    private static String packageOf(String typeName) {
        if (Owners.isPrimitiveArray(typeName)) {
            return "arrays of primitives";
        }
        int end = typeName.lastIndexOf('.');
        return end < 0 ? "no package" : typeName.substring(0, end);
    }

    private String loaderName(TypeInfo type, ObjectReader reader) {
        int loader = type.loaderId() == 0 ? -1 : graph.ids().indexOf(type.loaderId());
        if (loader < 0) {
            return "boot loader";
        }
        String name = reader.text(reader.reference(loader, "name")).orElse("");
        return graph.type(loader).name()
                + (name.isEmpty() ? " 0x" + Long.toHexString(type.loaderId()) : " \"" + name + "\"");
    }

    private static String libraryOf(TypeInfo type, Owners owners) {
        if (Owners.isJdk(type.name())) {
            return "the JDK";
        }
        return owners.origin(type).library().map(Library::purl).orElse("the application");
    }

    List<GroupUse> packages(int most) {
        return packages.largest(most);
    }

    List<GroupUse> loaders(int most) {
        return loaders.largest(most);
    }

    List<GroupUse> libraries(int most) {
        return libraries.largest(most);
    }

    /// What nothing holds any more, or only weak references do; a dump of live objects has little of it.
    ///
    /// @param all use of all types, reachable or not
    /// @param bytes size of all objects
    Unreachable unreachable(List<TypeUse> all, long bytes, int most) {
        Map<String, long[]> reached = new HashMap<>();
        for (int t = 0; t < reachedInstances.length; t++) {
            long[] sum = reached.computeIfAbsent(graph.typeAt(t).name(), name -> new long[2]);
            sum[0] += reachedInstances[t];
            sum[1] += reachedBytes[t];
        }
        Map<String, TypeUse> left = new HashMap<>();
        for (TypeUse use : all) {
            left.merge(
                    use.type(),
                    use,
                    (a, b) -> new TypeUse(a.type(), a.instances() + b.instances(), a.shallow() + b.shallow(), 0));
        }
        List<TypeUse> types = left.values().stream()
                .map(use -> without(use, reached.getOrDefault(use.type(), new long[2])))
                .filter(use -> use.instances() > 0)
                .sorted(Comparator.comparingLong(TypeUse::shallow).reversed().thenComparing(TypeUse::type))
                .limit(most)
                .toList();
        return new Unreachable(graph.size() - (long) tree.last(), bytes - tree.retained(0), types);
    }

    private static TypeUse without(TypeUse use, long[] reached) {
        return new TypeUse(
                use.type(), Math.max(0, use.instances() - reached[0]), Math.max(0, use.shallow() - reached[1]), 0);
    }
}
