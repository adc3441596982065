package io.staunch.heap.internal.report;

import io.staunch.heap.HeapReport.GroupUse;
import io.staunch.heap.HeapReport.TypeUse;
import io.staunch.heap.HeapReport.Unreachable;
import io.staunch.heap.Library;
import io.staunch.heap.internal.dominators.DominatorTree;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.TypeInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Where the bytes are, by package, class loader and library. A class object belongs to the group of the class that it
/// stands for. One pass over the dominator tree for each grouping.
final class Breakdown {
    private final ObjectGraph graph;
    private final DominatorTree tree;
    private final int classType;

    Breakdown(ObjectGraph graph, DominatorTree tree) {
        this.graph = graph;
        this.tree = tree;
        this.classType = graph.types().classType().number();
    }

    List<GroupUse> packages(int most) {
        return by(type -> packageOf(type.name()), most);
    }

    private static String packageOf(String typeName) {
        if (Owners.isPrimitiveArray(typeName)) {
            return "arrays of primitives";
        }
        int end = typeName.lastIndexOf('.');
        return end < 0 ? "no package" : typeName.substring(0, end);
    }

    List<GroupUse> loaders(int most) {
        ObjectReader reader = new ObjectReader(graph);
        return by(type -> loaderName(type, reader), most);
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

    List<GroupUse> libraries(Owners owners, int most) {
        return by(
                type -> Owners.isJdk(type.name())
                        ? "the JDK"
                        : owners.origin(type).library().map(Library::purl).orElse("the application"),
                most);
    }

    private List<GroupUse> by(Function<TypeInfo, String> grouping, int most) {
        Map<String, Integer> numbers = new HashMap<>();
        int[] groupOf = new int[graph.typeCount()];
        for (int t = 0; t < groupOf.length; t++) {
            groupOf[t] = numbers.computeIfAbsent(grouping.apply(graph.typeAt(t)), name -> numbers.size());
        }
        long[] classes = new long[numbers.size()];
        long[] instances = new long[numbers.size()];
        long[] shallow = new long[numbers.size()];
        long[] retained = new long[numbers.size()];
        int[] end = new int[numbers.size()];
        Arrays.fill(end, -1);
        for (int group : groupOf) {
            classes[group]++;
        }
        for (int position = 1; position <= tree.last(); position++) {
            int object = tree.objectAt(position);
            int group = groupOf[typeStoodFor(object)];
            instances[group]++;
            shallow[group] += graph.shallow(object);
            if (position > end[group]) {
                retained[group] += tree.retained(position);
                end[group] = position + tree.count(position) - 1;
            }
        }
        List<GroupUse> uses = new ArrayList<>();
        numbers.forEach((name, n) -> uses.add(new GroupUse(name, classes[n], instances[n], shallow[n], retained[n])));
        return uses.stream()
                .filter(use -> use.instances() > 0)
                .sorted(Comparator.comparingLong(GroupUse::retained).reversed().thenComparing(GroupUse::name))
                .limit(most)
                .toList();
    }

    private int typeStoodFor(int object) {
        int type = graph.typeNumber(object);
        if (type != classType) {
            return type;
        }
        TypeInfo described = graph.types().described(graph.ids().idOf(object));
        return described != null && described.number() < graph.typeCount() ? described.number() : type;
    }

    /// What nothing holds any more, or only weak references do; a dump of live objects has little of it.
    Unreachable unreachable(List<TypeUse> all, long bytes, int most) {
        long[] instances = new long[graph.typeCount()];
        long[] shallow = new long[graph.typeCount()];
        for (int position = 1; position <= tree.last(); position++) {
            int object = tree.objectAt(position);
            instances[graph.typeNumber(object)]++;
            shallow[graph.typeNumber(object)] += graph.shallow(object);
        }
        Map<String, long[]> reached = new HashMap<>();
        for (int t = 0; t < instances.length; t++) {
            long[] sum = reached.computeIfAbsent(graph.typeAt(t).name(), name -> new long[2]);
            sum[0] += instances[t];
            sum[1] += shallow[t];
        }
        List<TypeUse> left = all.stream()
                .map(use -> without(use, reached.getOrDefault(use.type(), new long[2])))
                .filter(use -> use.instances() > 0)
                .sorted(Comparator.comparingLong(TypeUse::shallow).reversed().thenComparing(TypeUse::type))
                .limit(most)
                .toList();
        return new Unreachable(graph.size() - (long) tree.last(), bytes - tree.retained(0), left);
    }

    private static TypeUse without(TypeUse use, long[] reached) {
        return new TypeUse(
                use.type(), Math.max(0, use.instances() - reached[0]), Math.max(0, use.shallow() - reached[1]), 0);
    }
}
