package io.staunch.heap.internal.report;

import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.Root;
import io.staunch.heap.internal.index.TypeInfo;
import java.util.ArrayList;
import java.util.List;

/// The way from a root to a container in words, and the type of the container that the last field belongs to.
///
/// @param objects from the root to the container
/// @param labels fields from the root on; array elements and links within one structure are left out
/// @param collection the container: the collection that the innermost field belongs to
/// @param accumulation the container's type
record HolderPath(List<Integer> objects, List<String> labels, int collection, String accumulation) {
    private static final int LONGEST = 64;

    static HolderPath to(int container, ShortestPaths paths, ObjectGraph graph) {
        return along(paths.pathTo(container, LONGEST), graph);
    }

    /// The same for objects from a root to the container, both included.
    static HolderPath along(List<Integer> path, ObjectGraph graph) {
        ObjectReader reader = new ObjectReader(graph);
        List<String> labels = new ArrayList<>();
        int root = path.getFirst();
        boolean fromClass = graph.type(root) == graph.types().classType();
        if (!fromClass) {
            labels.add(rootLabel(root, graph, reader));
        }
        int collection = path.getLast();
        for (int i = 0; i + 1 < path.size(); i++) {
            boolean link = i > 0 && !fromClassAt(path.get(i), graph) && sameType(path.get(i), path.get(i + 1), graph);
            String label = link ? "" : reader.label(path.get(i), path.get(i + 1));
            if (label.startsWith("thread \"") && i == 0) {
                labels.removeLast();
            }
            if (label.isEmpty() || (!labels.isEmpty() && labels.getLast().equals(label))) {
                continue;
            }
            labels.add(label);
            boolean field = graph.type(path.get(i)) != graph.types().classType() && !label.startsWith("thread \"");
            collection = field ? path.get(i) : path.get(i + 1);
        }
        if (labels.isEmpty()) {
            labels.add("class " + Families.plain(reader.describe(root)));
        }
        return new HolderPath(
                path, labels, collection, Families.plain(graph.type(collection).name()));
    }

    private static boolean fromClassAt(int object, ObjectGraph graph) {
        return graph.type(object) == graph.types().classType();
    }

    private static boolean sameType(int one, int other, ObjectGraph graph) {
        return graph.typeNumber(one) == graph.typeNumber(other);
    }

    private static String rootLabel(int root, ObjectGraph graph, ObjectReader reader) {
        TypeInfo type = graph.type(root);
        if (type.isA("java.lang.Thread")) {
            return "thread \"" + reader.threadName(root) + "\"";
        }
        long id = graph.ids().idOf(root);
        for (Root one : graph.dumpedRoots()) {
            if (one.id() == id) {
                return one.kind().label() + " " + Families.plain(type.name());
            }
        }
        return "root " + Families.plain(type.name());
    }

    /// The innermost field outside the JDK, which says most; the first one when all are the JDK's.
    String telling() {
        return telling(labels);
    }

    static String telling(List<String> labels) {
        return labels.reversed().stream()
                .filter(label -> !Owners.isJdk(label.replaceFirst("^static ", "")) && !label.startsWith("thread \""))
                .findFirst()
                .orElseGet(labels::getFirst);
    }

    /// Whether this is nothing but a class loader's list of what it defined.
    boolean isClassList() {
        return labels.contains("java.lang.ClassLoader.classes");
    }
}
