package io.staunch.heap.internal.dominators;

import io.staunch.heap.internal.graph.Ints;
import io.staunch.heap.internal.graph.ObjectGraph;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The dominator tree of all that is reachable: what goes when an object goes. Positions are preorder numbers of the
/// tree itself, so all that an object retains lies at the [#count] positions from its own on, itself first.
/// Position 0 is the root above all roots; strongly reachable objects come first, then those that only soft references
/// reach, then those that only wait for their finalizer. Sizes are in bytes. Immutable; safe for several threads.
public final class DominatorTree {
    private final Ints positionOf;
    private final Ints objectAt;
    private final Ints up;
    private final Ints count;
    private final MemorySegment retained;
    private final int last;
    private final int lastStrong;
    private final int lastSoft;

    private DominatorTree(ObjectGraph graph, DepthFirst order, Arena arena) {
        this.last = order.last();
        this.lastStrong = order.lastStrong();
        this.lastSoft = order.lastSoft();
        this.positionOf = new Ints(arena, graph.size());
        this.objectAt = new Ints(arena, last + 1L);
        this.up = new Ints(arena, last + 1L);
        this.count = new Ints(arena, last + 1L);
        this.retained = arena.allocate((last + 1L) * 8, 64);
    }

    /// Walks, finds dominators and sums up; the tree lives as long as the arena.
    public static DominatorTree of(ObjectGraph graph, Arena arena) {
        try (Arena scratch = Arena.ofShared()) {
            DepthFirst order = DepthFirst.walk(graph, scratch);
            Ints idom = Dominators.of(order);
            DominatorTree tree = new DominatorTree(graph, order, arena);
            Sums sums = Sums.of(order, idom, scratch);
            tree.place(order, idom, sums, scratch);
            return tree;
        }
    }

    /// What each number retains, by one backward sweep: every number adds its own sums to its dominator's.
    private record Sums(Ints counts, MemorySegment bytes) {
        static Sums of(DepthFirst order, Ints idom, Arena scratch) {
            int last = order.last();
            Sums sums = new Sums(new Ints(scratch, last + 1L), scratch.allocate((last + 1L) * 8, 64));
            for (int w = last; w >= 1; w--) {
                int dominator = idom.get(w);
                int count = sums.counts.get(w) + 1;
                long bytes = sums.bytesOf(w) + order.shallow(w);
                sums.set(w, count, bytes);
                sums.set(dominator, sums.counts.get(dominator) + count, sums.bytesOf(dominator) + bytes);
            }
            return sums;
        }

        long bytesOf(int number) {
            return bytes.getAtIndex(ValueLayout.JAVA_LONG, number);
        }

        private void set(int number, int count, long itsBytes) {
            counts.set(number, count);
            bytes.setAtIndex(ValueLayout.JAVA_LONG, number, itsBytes);
        }
    }

    /// Gives each number its position: the next free one of its dominator's stretch. A dominator's number is always
    /// smaller, so one forward sweep is enough.
    private void place(DepthFirst order, Ints idom, Sums sums, Arena scratch) {
        Ints position = new Ints(scratch, last + 1L);
        Ints free = new Ints(scratch, last + 1L);
        free.set(0, 1);
        count.set(0, last + 1);
        set(0, sums.bytesOf(0));
        objectAt.set(0, -1);
        for (int w = 1; w <= last; w++) {
            int dominator = idom.get(w);
            int at = free.get(dominator);
            int size = sums.counts.get(w);
            position.set(w, at);
            free.set(dominator, at + size);
            free.set(w, at + 1);
            int object = order.objectAt(w);
            positionOf.set(object, at);
            objectAt.set(at, object);
            up.set(at, position.get(dominator));
            count.set(at, size);
            set(at, sums.bytesOf(w));
        }
    }

    private void set(int position, long bytes) {
        retained.setAtIndex(ValueLayout.JAVA_LONG, position, bytes);
    }

    /// Number of reachable objects, and the last position.
    public int last() {
        return last;
    }

    /// The last position of a strongly reachable object.
    public int lastStrong() {
        return lastStrong;
    }

    /// The last position of an object that at least soft references reach.
    public int lastSoft() {
        return lastSoft;
    }

    /// 0 when unreachable.
    public int positionOf(int object) {
        return positionOf.get(object);
    }

    /// The object at a position from 1.
    public int objectAt(int position) {
        return objectAt.get(position);
    }

    /// Position of the immediate dominator; 0 when only all roots together are one.
    public int up(int position) {
        return up.get(position);
    }

    /// How many objects the one at this position retains, itself included.
    public int count(int position) {
        return count.get(position);
    }

    /// Bytes that would be free without the object at this position; all reachable bytes at 0.
    public long retained(int position) {
        return retained.getAtIndex(ValueLayout.JAVA_LONG, position);
    }
}
