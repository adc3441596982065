package io.staunch.heap.internal.report;

import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.graph.WeakLinks;
import io.staunch.heap.internal.index.FieldInfo;
import io.staunch.heap.internal.index.TypeInfo;
import io.staunch.heap.internal.memory.Memory;
import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Breadth-first search from the roots over strong references, in the order in which a reader would look: static
/// fields first, other roots a link later, thread stacks after that; then what only soft references reach. What a
/// reference object holds beside its referent (an entry of a weak map its value, a watcher what it watches for) is
/// followed when all else has been, for whatever else holds it tells more; a class loader's own list of its classes
/// after that, for it explains nothing. O(objects + references); two ints an object kept.
final class ShortestPaths {
    private static final int OTHER_ROOTS_AT = 1;
    private static final int THREADS_AT = 2;
    private static final int FEW_LOADERS = 4;
    private static final int FIELDS_LOOKED_AT = 16;

    private final ObjectGraph graph;
    private final Families families;
    private final ObjectReader reader;
    private final Reached reached;
    private final Frontier queue;
    /// Reference objects that hold more than their referent, until they are followed.
    private final Frontier clinging;
    private final PathTrie trie;
    private final Batch batch = new Batch();
    private final boolean[] threadType;
    private final boolean[] clingingType;
    private boolean clingingWait = true;
    private final int classType;
    private final Map<Integer, Integer> loaderOf = new HashMap<>();
    private long met;
    /// What was looked at ahead adds up here, so that the looking is not left out as useless.
    int ahead;

    /// @param arena for what is queued while it searches
    private ShortestPaths(ObjectGraph graph, Families families, Reached reached, PathTrie trie, Arena arena) {
        this.queue = new Frontier(arena);
        this.clinging = new Frontier(arena);
        this.graph = graph;
        this.families = families;
        this.reader = new ObjectReader(graph);
        this.reached = reached;
        this.trie = trie;
        this.classType = graph.types().classType().number();
        this.threadType = new boolean[graph.typeCount()];
        this.clingingType = new boolean[graph.typeCount()];
        for (int t = 0; t < threadType.length; t++) {
            threadType[t] = graph.typeAt(t).isA("java.lang.Thread");
            clingingType[t] = isClinging(graph.typeAt(t));
        }
    }

    /// Whether a type is a reference to something that has reference fields of its own.
    private static boolean isClinging(TypeInfo type) {
        if (!type.isA("java.lang.ref.Reference")) {
            return false;
        }
        boolean own = false;
        for (TypeInfo at = type; at != null && !at.name().equals("java.lang.ref.Reference"); at = at.superType()) {
            own |= at.fields().stream().anyMatch(FieldInfo::isReference);
        }
        return own;
    }

    /// What [#write] wrote; it lives as long as the memory that is read from.
    static ShortestPaths read(TableReader in, ObjectGraph graph, Families families) {
        Reached reached = Reached.read(in);
        return new ShortestPaths(graph, families, reached, PathTrie.read(in, graph, families, reached), Arena.ofAuto());
    }

    void write(TableWriter out) throws IOException {
        reached.write(out);
        trie.write(out);
    }

    static ShortestPaths search(ObjectGraph graph, Families families, Memory memory) {
        Reached reached = new Reached(memory.keptOnDisk(), graph.size());
        try (Arena arena = memory.arena()) {
            PathTrie trie = new PathTrie(graph, families, reached);
            ShortestPaths search = new ShortestPaths(graph, families, reached, trie, arena);
            search.run();
            return search;
        }
    }

    private void run() {
        List<Integer> classes = new ArrayList<>();
        List<Integer> generated = new ArrayList<>();
        sortClasses(classes, generated);
        List<Integer> threads = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int root : graph.roots()) {
            if (threadType[graph.typeNumber(root)]) {
                threads.add(root);
            } else if (!isClass(root)) {
                others.add(root);
            }
        }
        List<Integer> postponed = classLists();
        postponed.forEach(reached::meet);
        classes.forEach(root -> addRoot(root, true));
        graph.types().builtInLoaders().forEach(id -> addIfThere(graph.ids().indexOf(id)));
        levels(others, threads);
        followClinging();
        postponed.forEach(reached::forget);
        postponed.forEach(this::addBelowLoader);
        levels(List.of(), List.of());
        generated.forEach(root -> addRoot(root, true));
        levels(List.of(), List.of());
        softlyHeld();
    }

    private void followClinging() {
        clingingWait = false;
        int[] one = new int[1];
        while (!clinging.isEmpty()) {
            clinging.remove(1, one);
            queue.add(one[0]);
        }
        levels(List.of(), List.of());
    }

    /// Queues an object whose references are to be followed: now, or when nothing else is left.
    private void enqueue(int object, int type) {
        if (clingingType[type] && clingingWait) {
            clinging.add(object);
        } else {
            queue.add(object);
        }
    }

    /// Whether the object is a class that the dump describes; a primitive's class is an ordinary object.
    private boolean isClass(int object) {
        return graph.typeNumber(object) == classType
                && graph.types().described(graph.ids().idOf(object)) != null;
    }

    /// Classes whose static fields a path may start from: those that stay, because they can't be unloaded or because
    /// their loader is none of many alike. Those that were made in numbers come last.
    private void sortClasses(List<Integer> classes, List<Integer> generated) {
        Map<Integer, Set<Long>> loadersByType = new HashMap<>();
        for (TypeInfo type : graph.types().all()) {
            int loader = graph.ids().indexOf(type.loaderId());
            if (loader >= 0) {
                loadersByType
                        .computeIfAbsent(graph.typeNumber(loader), t -> new HashSet<>())
                        .add(type.loaderId());
            }
        }
        for (TypeInfo type : graph.types().all()) {
            int loader = graph.ids().indexOf(type.loaderId());
            boolean settled = loader >= 0
                    && loadersByType
                                    .getOrDefault(graph.typeNumber(loader), Set.of())
                                    .size()
                            <= FEW_LOADERS;
            if (type.classIndex() >= 0 && !type.isHidden() && (settled || type.isPermanent())) {
                boolean made = families.isGenerated(families.of(type.number()));
                (made ? generated : classes).add(type.classIndex());
            }
        }
    }

    /// The lists in which class loaders keep their classes.
    private List<Integer> classLists() {
        List<Integer> lists = new ArrayList<>();
        boolean[] loaderType = new boolean[graph.typeCount()];
        for (int t = 0; t < loaderType.length; t++) {
            loaderType[t] = graph.typeAt(t).isA("java.lang.ClassLoader");
        }
        for (int object = 0; object < graph.size(); object++) {
            if (loaderType[graph.typeNumber(object)]) {
                int list = reader.reference(object, "classes");
                if (list >= 0 && !loaderOf.containsKey(list)) {
                    loaderOf.put(list, object);
                    lists.add(list);
                }
            }
        }
        return lists;
    }

    private void addBelowLoader(int list) {
        Integer loader = loaderOf.get(list);
        if (loader != null && !reached.isMet(list) && trie.has(loader)) {
            add(list, loader);
        }
    }

    private void addIfThere(int object) {
        if (object >= 0) {
            addRoot(object, false);
        }
    }

    private void addRoot(int object, boolean asClass) {
        if (!reached.isMet(object)) {
            reached.meet(object);
            int node = trie.addRoot(object, asClass);
            reached.setRoot(object, node);
            met++;
            enqueue(object, graph.typeNumber(object));
        }
    }

    private void add(int object, int from) {
        add(object, from, graph.entry(object), trie.nodeOf(from));
    }

    /// @param entry the object's entry in the graph
    /// @param above the node that `from` belongs to
    private void add(int object, int from, long entry, int above) {
        if (threadType[ObjectGraph.typeOf(entry)] && graph.threads().isLive(object)) {
            addRoot(object, false);
            return;
        }
        reached.meet(object);
        int node = trie.isOneOfFew(above) ? addOneOfFew(object, from, entry, above) : trie.add(object, entry, above);
        reached.set(object, from, node);
        met++;
        if (ObjectGraph.startOf(entry) != ObjectGraph.NONE) {
            enqueue(object, ObjectGraph.typeOf(entry));
        }
    }

    private int addOneOfFew(int object, int from, long entry, int above) {
        boolean byField = !graph.threads().isLive(from) && !linksToItsLike(object);
        return byField
                ? trie.add(object, entry, above, reader.fieldName(from, object))
                : trie.add(object, entry, above);
    }

    /// Whether an object refers to another of its type, as a list's nodes do: such a structure may be entered by
    /// several fields and stays one.
    private boolean linksToItsLike(int object) {
        int start = graph.start(object);
        if (start == ObjectGraph.NONE) {
            return false;
        }
        int type = graph.typeNumber(object);
        long edge = start & 0xFFFF_FFFFL;
        for (int entry = 0, seen = 0; entry >= 0 && seen < FIELDS_LOOKED_AT; edge++, seen++) {
            entry = graph.edge(edge);
            int target = entry & ~ObjectGraph.LAST;
            if (target != object && graph.typeNumber(target) == type) {
                return true;
            }
        }
        return false;
    }

    /// Follows strong references level by level until none is left; late roots join at their level.
    private void levels(List<Integer> others, List<Integer> threads) {
        for (int level = 0; !queue.isEmpty() || level <= THREADS_AT; level++) {
            if (level == OTHER_ROOTS_AT) {
                others.forEach(root -> addRoot(root, false));
            }
            if (level == THREADS_AT) {
                threads.forEach(root -> addRoot(root, false));
            }
            long end = queue.added();
            while (queue.removed() < end) {
                batch.follow((int) Math.min(Batch.OBJECTS, end - queue.removed()));
            }
        }
    }

    /// Follows the references of some objects at a time, step by step for all of them: what is read in one step
    /// does not depend on what was read before in the same step, so that the processor waits for many reads at
    /// once rather than for one after the other. The order of objects is that of following one after the other.
    private final class Batch {
        private static final int OBJECTS = 256;
        private static final int REFERENCES = 2048;

        private final int[] from = new int[OBJECTS];
        private final int[] start = new int[OBJECTS];
        private final int[] node = new int[OBJECTS];
        private final int[] source = new int[REFERENCES];
        private final int[] target = new int[REFERENCES];
        private final long[] entry = new long[REFERENCES];
        private int found;

        void follow(int objects) {
            queue.remove(objects, from);
            for (int i = 0; i < objects; i++) {
                start[i] = graph.start(from[i]);
                node[i] = trie.nodeOf(from[i]);
            }
            int sum = 0;
            for (int i = 0; i < objects; i++) {
                sum += graph.edge(start[i] & 0xFFFF_FFFFL);
            }
            ahead += sum;
            for (int i = 0; i < objects; i++) {
                if (start[i] != ObjectGraph.NONE) {
                    references(i, start[i] & 0xFFFF_FFFFL);
                }
            }
            settle();
        }

        private void references(int place, long first) {
            long edge = first;
            for (int entry = 0; entry >= 0; edge++) {
                entry = graph.edge(edge);
                if (found == REFERENCES) {
                    settle();
                }
                source[found] = place;
                target[found++] = entry & ~ObjectGraph.LAST;
            }
        }

        /// Adds what has not been reached before.
        private void settle() {
            int fresh = 0;
            for (int i = 0; i < found; i++) {
                int object = target[i];
                source[fresh] = source[i];
                target[fresh] = object;
                fresh += reached.unmet(object);
            }
            for (int i = 0; i < fresh; i++) {
                entry[i] = graph.entry(target[i]);
            }
            for (int i = 0; i < fresh; i++) {
                if (!reached.isMet(target[i])) {
                    add(target[i], from[source[i]], entry[i], node[source[i]]);
                }
            }
            found = 0;
        }
    }

    private void softlyHeld() {
        WeakLinks links = graph.weakLinks();
        long before;
        do {
            before = met;
            for (int i = 0; i < links.size(); i++) {
                WeakLinks.Strength strength = links.strength(i);
                boolean holds = strength == WeakLinks.Strength.SOFT || strength == WeakLinks.Strength.FINAL;
                if (holds && trie.has(links.from(i)) && !reached.isMet(links.to(i))) {
                    add(links.to(i), links.from(i));
                }
            }
            levels(List.of(), List.of());
        } while (met != before);
    }

    PathTrie trie() {
        return trie;
    }

    /// The objects from a root to this one, both included. Members of a linked structure may be many: at most `most`
    /// are given, the nearest to the root and the last.
    List<Integer> pathTo(int object, int most) {
        List<Integer> path = new ArrayList<>();
        int node = -1;
        for (int at = object; at >= 0; ) {
            int itsNode = trie.nodeOf(at);
            if (itsNode == node && path.size() >= most) {
                path.set(path.size() - 1, at);
            } else {
                path.add(at);
            }
            node = itsNode;
            at = reached.from(at);
        }
        Collections.reverse(path);
        return path;
    }
}
