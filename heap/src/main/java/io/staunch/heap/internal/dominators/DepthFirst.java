package io.staunch.heap.internal.dominators;

import io.staunch.heap.internal.graph.Ints;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.graph.WeakLinks;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// A depth-first walk of all that is reachable, without recursion. Numbers are preorder numbers: 0 is a root above all
/// roots. Objects that only soft references reach come after all strongly reachable ones, those that only wait for
/// their finalizer after them; both hang under number 0, each referent as if a root held it.
/// O(objects + references); four ints an object kept, and two for each reference that is no tree edge.
public final class DepthFirst {
    private final ObjectGraph graph;
    private final Ints numberOf;
    private final Ints objectAt;
    private final Ints parent;
    private final Ints eighths;
    private final Pairs crossings = new Pairs();
    private int last;
    private int strong;
    private int soft;

    private int[] stackNumber = new int[1024];
    private long[] stackEdge = new long[1024];

    private DepthFirst(ObjectGraph graph, Arena arena) {
        this.graph = graph;
        this.numberOf = new Ints(arena, graph.size());
        this.objectAt = new Ints(arena, graph.size() + 1L);
        this.parent = new Ints(arena, graph.size() + 1L);
        this.eighths = new Ints(arena, graph.size() + 1L);
    }

    public static DepthFirst walk(ObjectGraph graph, Arena arena) {
        DepthFirst order = new DepthFirst(graph, arena);
        for (int root : graph.roots()) {
            order.visit(root);
        }
        order.strong = order.last;
        order.referents(WeakLinks.Strength.SOFT);
        order.soft = order.last;
        order.referents(WeakLinks.Strength.FINAL);
        order.stackNumber = new int[0];
        order.stackEdge = new long[0];
        return order;
    }

    /// Referents of reachable references of one strength, until no more are found.
    private void referents(WeakLinks.Strength strength) {
        WeakLinks links = graph.weakLinks();
        int before;
        do {
            before = last;
            for (int i = 0; i < links.size(); i++) {
                boolean counts = links.strength(i) == strength || links.strength(i) == WeakLinks.Strength.SOFT;
                if (counts && numberOf.get(links.from(i)) != 0) {
                    visit(links.to(i));
                }
            }
        } while (last != before);
    }

    private void visit(int root) {
        if (numberOf.get(root) != 0) {
            return;
        }
        int depth = enter(root, 0, -1);
        while (depth >= 0) {
            long edge = stackEdge[depth];
            if (edge < 0) {
                depth--;
                continue;
            }
            int entry = graph.edge(edge);
            stackEdge[depth] = entry < 0 ? -1 : edge + 1;
            int target = entry & ~ObjectGraph.LAST;
            int known = numberOf.get(target);
            if (known == 0) {
                depth = enter(target, stackNumber[depth], depth);
            } else {
                crossings.add(known, stackNumber[depth]);
            }
        }
    }

    /// Numbers an object; pushes it when it has references of its own. Returns the new depth.
    private int enter(int object, int parentNumber, int depth) {
        int number = ++last;
        numberOf.set(object, number);
        objectAt.set(number, object);
        parent.set(number, parentNumber);
        eighths.set(number, graph.eighths(object));
        int start = graph.start(object);
        if (start == ObjectGraph.NONE) {
            return depth;
        }
        if (depth + 1 == stackNumber.length) {
            stackNumber = Arrays.copyOf(stackNumber, stackNumber.length * 2);
            stackEdge = Arrays.copyOf(stackEdge, stackEdge.length * 2);
        }
        stackNumber[depth + 1] = number;
        stackEdge[depth + 1] = start & 0xFFFF_FFFFL;
        return depth + 1;
    }

    /// The largest number: how many objects are reachable.
    public int last() {
        return last;
    }

    /// The largest number of a strongly reachable object.
    public int lastStrong() {
        return strong;
    }

    /// The largest number of an object that is reachable at least through soft references.
    public int lastSoft() {
        return soft;
    }

    /// 0 when unreachable.
    public int numberOf(int object) {
        return numberOf.get(object);
    }

    /// The object with a number from 1.
    public int objectAt(int number) {
        return objectAt.get(number);
    }

    /// Calls with the number of every object that hangs under number 0 directly, even if the walk first met it
    /// elsewhere.
    void eachBelowTop(IntConsumer action) {
        for (int root : graph.roots()) {
            action.accept(numberOf.get(root));
        }
        WeakLinks links = graph.weakLinks();
        for (int i = 0; i < links.size(); i++) {
            int target = numberOf.get(links.to(i));
            boolean held = links.strength(i) == WeakLinks.Strength.SOFT ? target > strong : target > soft;
            if (held && holds(links.strength(i)) && numberOf.get(links.from(i)) != 0) {
                action.accept(target);
            }
        }
    }

    private static boolean holds(WeakLinks.Strength strength) {
        return strength == WeakLinks.Strength.SOFT || strength == WeakLinks.Strength.FINAL;
    }

    /// References that are no tree edges: (target's number, source's number).
    Pairs crossings() {
        return crossings;
    }

    /// Size of the object with this number, in bytes.
    long shallow(int number) {
        return (eighths.get(number) & 0xFFFF_FFFFL) << 3;
    }

    Ints parents() {
        return parent;
    }
}
