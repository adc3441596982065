package io.staunch.heap.internal.dominators;

import io.staunch.heap.internal.graph.Ints;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.graph.WeakLinks;
import io.staunch.heap.internal.memory.Memory;
import io.staunch.heap.internal.memory.Ticker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;

/// A depth-first walk of all that is reachable, without recursion. Numbers are preorder numbers: 0 is a root above
/// all roots. Objects that only soft references reach come after all strongly reachable ones, those that only wait
/// for their finalizer after them; both hang under number 0, each referent as if a root held it. O(objects +
/// references). The way back up is the parent's number and how far its references were followed, so that no stack is
/// needed; three ints an object, and two for each reference that is no tree edge.
public final class DepthFirst {
    private final ObjectGraph graph;
    private final Ticker ticker;
    private final Ints numberOf;
    private final Ints parent;
    private final Ints cursor;
    private final MemorySegment pairs;
    private final Crossings crossings;
    private int last;
    private int strong;
    private int soft;

    private DepthFirst(ObjectGraph graph, Memory memory, Arena scratch, Ticker ticker) {
        this.graph = graph;
        this.ticker = ticker;
        this.numberOf = new Ints(memory.kept(), graph.size());
        this.parent = new Ints(scratch, graph.size() + 1L);
        this.pairs = memory.kept().allocate((graph.size() + 2L) * 8, 64);
        this.cursor = new Ints(pairs);
        this.crossings = new Crossings(memory.keptOnDisk(), graph.edgeCount(), graph.size());
    }

    /// Parents live as long as `scratch`, the rest as long as the memory, for it is used again.
    static DepthFirst walk(ObjectGraph graph, Memory memory, Arena scratch, Ticker ticker) {
        DepthFirst order = new DepthFirst(graph, memory, scratch, ticker);
        for (int root : graph.roots()) {
            order.visit(root);
        }
        order.strong = order.last;
        order.referents(WeakLinks.Strength.SOFT);
        order.soft = order.last;
        order.referents(WeakLinks.Strength.FINAL);
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
        int at = number(root, 0);
        long edge = graph.start(root) & 0xFFFF_FFFFL;
        while (true) {
            if (edge == 0) {
                at = parent.get(at);
                if (at == 0) {
                    return;
                }
                edge = cursor.get(at) & 0xFFFF_FFFFL;
                continue;
            }
            int entry = graph.edge(edge);
            edge = entry < 0 ? 0 : edge + 1;
            int target = entry & ~ObjectGraph.LAST;
            int known = numberOf.get(target);
            if (known != 0) {
                crossings.add(known, at);
                continue;
            }
            int number = number(target, at);
            int start = graph.start(target);
            if (start != ObjectGraph.NONE) {
                cursor.set(at, (int) edge);
                at = number;
                edge = start & 0xFFFF_FFFFL;
            }
        }
    }

    private int number(int object, int parentNumber) {
        int number = ++last;
        numberOf.set(object, number);
        parent.set(number, parentNumber);
        ticker.tick();
        return number;
    }

    /// The largest number: how many objects are reachable.
    int last() {
        return last;
    }

    /// The largest number of a strongly reachable object.
    int lastStrong() {
        return strong;
    }

    /// The largest number of an object that is reachable at least through soft references.
    int lastSoft() {
        return soft;
    }

    /// All objects, reachable or not.
    int objects() {
        return graph.size();
    }

    /// The number of each object; may be overwritten once the walk is no longer needed.
    Ints numbers() {
        return numberOf;
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

    /// References that are no tree edges.
    Crossings crossings() {
        return crossings;
    }

    Ints parents() {
        return parent;
    }

    /// Room for two ints a number that the walk needs no more; it lives as long as the memory.
    MemorySegment spare() {
        return pairs;
    }
}
