package io.staunch.heap.internal.dominators;

import io.staunch.heap.internal.graph.Ints;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.graph.Parallel;
import io.staunch.heap.internal.graph.WeakLinks;
import io.staunch.heap.internal.memory.Memory;
import io.staunch.heap.internal.memory.Ticker;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;

/// A depth-first walk of all that is reachable, without recursion. Numbers are preorder numbers: 0 is a root above
/// all roots. Objects that only soft references reach come after all strongly reachable ones, those that only wait
/// for their finalizer after them; both hang under number 0, each referent as if a root held it, and what they refer to
/// in turn has the dominator that it has without them when it is reached more strongly. O(objects + references). The
/// way back up is the parent's number and how far its references were followed, so that no stack is
/// needed; four ints an object, and two for each reference that is no tree edge.
///
/// What a walk waits for is memory. So whether an object was met and where its references start is one int in one
/// place, and what an object refers to is looked at ahead, several at once, before it is followed one by one.
public final class DepthFirst {
    private static final int MET = 0x8000_0000;
    private static final int AHEAD_MASK = 7;

    private final ObjectGraph graph;
    private final Ticker ticker;
    /// Of an object that was met its number, with the top bit set, and 0 for a root while roots are walked; of others
    /// where their references start.
    private final Ints state;
    private final Ints parent;
    private final Ints cursor;
    private final MemorySegment pairs;
    private final Crossings crossings;
    private final boolean startsFit;
    private int last;
    private int strong;
    private int soft;
    /// The largest number of what is reached more strongly than what is walked now.
    private int stronger;
    /// What was looked at ahead adds up here, so that the looking is not left out as useless.
    int ahead;

    private DepthFirst(ObjectGraph graph, Memory memory, Arena scratch, Ticker ticker) {
        this.graph = graph;
        this.ticker = ticker;
        this.state = new Ints(memory.kept(), graph.size());
        this.pairs = memory.kept().allocate(pairBytes(graph.size()), 64);
        this.cursor = new Ints(pairs);
        this.parent = new Ints(scratch, graph.size() + 1L);
        this.crossings = new Crossings(memory.keptOnDisk(), graph.edgeCount(), graph.size());
        this.startsFit = graph.edgesEnd() <= Integer.MAX_VALUE;
    }

    private static long pairBytes(long objects) {
        return (objects + 2) * 8;
    }

    /// Sizes of the tables that a walk over so many objects asks for, in bytes, in the order in which it does.
    static long[] tableBytes(long objects) {
        return new long[] {Ints.bytes(objects), pairBytes(objects), Ints.bytes(objects + 1)};
    }

    /// Parents live as long as `scratch`, the rest as long as the memory, for it is used again.
    static DepthFirst walk(ObjectGraph graph, Memory memory, Arena scratch, int threads, Ticker ticker) {
        DepthFirst order = new DepthFirst(graph, memory, scratch, ticker);
        if (order.startsFit) {
            Parallel.ranges(graph.size(), threads, order::takeStarts);
        }
        order.roots(graph.roots());
        order.strong = order.last;
        order.stronger = order.last;
        order.referents(WeakLinks.Strength.SOFT);
        order.soft = order.last;
        order.stronger = order.last;
        order.referents(WeakLinks.Strength.FINAL);
        return order;
    }

    /// Each root begins a tree of its own: a reference to it changes no dominator and is passed over.
    private void roots(int[] roots) {
        for (int root : roots) {
            state.set(root, MET);
        }
        int[] numbers = new int[roots.length];
        for (int i = 0; i < roots.length; i++) {
            numbers[i] = last + 1;
            follow(roots[i], graph.start(roots[i]) & 0xFFFF_FFFFL);
            state.set(roots[i], MET);
        }
        for (int i = 0; i < roots.length; i++) {
            state.set(roots[i], MET | numbers[i]);
        }
    }

    private void takeStarts(int from, int to) {
        for (int object = from; object < to; object++) {
            state.set(object, graph.start(object));
        }
    }

    /// Referents of reachable references of one strength, until no more are found.
    private void referents(WeakLinks.Strength strength) {
        WeakLinks links = graph.weakLinks();
        int before;
        do {
            before = last;
            for (int i = 0; i < links.size(); i++) {
                boolean counts = links.strength(i) == strength || links.strength(i) == WeakLinks.Strength.SOFT;
                if (counts && numberOf(links.from(i)) != 0) {
                    visit(links.to(i));
                }
            }
        } while (last != before);
    }

    private void visit(int top) {
        int known = state.get(top);
        if (known >= 0) {
            follow(top, start(top, known));
        }
    }

    /// Walks the tree below an object whose references start at `first`.
    private void follow(int top, long first) {
        int at = number(top, 0);
        long edge = first;
        while (true) {
            if (edge == 0) {
                at = parent.get(at);
                if (at == 0) {
                    return;
                }
                edge = cursor.get(at) & 0xFFFF_FFFFL;
                continue;
            }
            if ((edge & AHEAD_MASK) == 0) {
                lookAhead(edge);
            }
            int entry = graph.edge(edge);
            edge = entry < 0 ? 0 : edge + 1;
            int target = entry & ~ObjectGraph.LAST;
            int known = state.get(target);
            if (known < 0) {
                if ((known & ~MET) > stronger) {
                    crossings.add(known & ~MET, at);
                }
                continue;
            }
            int number = number(target, at);
            long start = start(target, known);
            if (start != 0) {
                cursor.set(at, (int) edge);
                at = number;
                edge = start;
                if ((edge & AHEAD_MASK) != 0) {
                    lookAhead(edge);
                }
            }
        }
    }

    /// Where the references of an object that has just been met start.
    private long start(int object, int itsState) {
        return startsFit ? itsState : graph.start(object) & 0xFFFF_FFFFL;
    }

    /// Brings the states of the next targets, up to a multiple of 8 places on, near the processor.
    private void lookAhead(long first) {
        long edge = first;
        int sum = 0;
        int entry;
        do {
            entry = graph.edge(edge);
            sum += state.get(entry & ~ObjectGraph.LAST);
        } while (entry >= 0 && (++edge & AHEAD_MASK) != 0);
        ahead += sum;
    }

    private int number(int object, int parentNumber) {
        int number = ++last;
        state.set(object, number | MET);
        parent.set(number, parentNumber);
        ticker.tick();
        return number;
    }

    /// 0 when nothing reaches the object.
    int numberOf(int object) {
        int itsState = state.get(object);
        return itsState < 0 ? itsState & ~MET : 0;
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

    /// One int for each object; may be overwritten once [#numberOf] is no longer asked for.
    Ints states() {
        return state;
    }

    /// Calls with the number of every object that hangs under number 0 directly; what only soft references or
    /// finalizers hold may have been met elsewhere first.
    void eachBelowTop(IntConsumer action) {
        for (int root : graph.roots()) {
            action.accept(numberOf(root));
        }
        WeakLinks links = graph.weakLinks();
        for (int i = 0; i < links.size(); i++) {
            int target = numberOf(links.to(i));
            int source = numberOf(links.from(i));
            boolean softly = links.strength(i) == WeakLinks.Strength.SOFT && source <= soft;
            boolean held = target > (softly ? strong : soft);
            if (held && holds(links.strength(i)) && source != 0) {
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
