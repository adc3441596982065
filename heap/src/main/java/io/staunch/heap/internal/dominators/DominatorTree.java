package io.staunch.heap.internal.dominators;

import io.staunch.heap.internal.graph.Ints;
import io.staunch.heap.internal.graph.Linker;
import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.graph.Parallel;
import io.staunch.heap.internal.memory.Memory;
import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import io.staunch.heap.internal.memory.Ticker;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The dominator tree of all that is reachable: what goes when an object goes. Positions are preorder numbers of the
/// tree itself, so all that an object retains lies at the [#count] positions from its own on, itself first.
/// Position 0 is the root above all roots; strongly reachable objects come first, then those that only soft
/// references reach, then those that only wait for their finalizer. Sizes are in bytes. Immutable; safe for several
/// threads.
///
/// As an object's own are the positions that follow, what it retains is the difference of two running sums.
public final class DominatorTree {
    private final Ints positionOf;
    private final Ints objectAt;
    private final Ints count;
    private final Wrapping eighthsBefore;
    private static final int BLOCK_SHIFT = 10;

    private volatile @Nullable Reach reach;
    private final int last;
    private final int lastStrong;
    private final int lastSoft;

    private DominatorTree(DepthFirst order) {
        this.last = order.last();
        this.lastStrong = order.lastStrong();
        this.lastSoft = order.lastSoft();
        this.positionOf = order.states();
        this.count = new Ints(order.crossings().memory());
        MemorySegment spare = order.spare();
        this.objectAt = new Ints(spare.asSlice(0, (last + 1L) * 4));
        this.eighthsBefore = new Wrapping(spare.asSlice((last + 1L) * 4));
    }

    private DominatorTree(TableReader in) {
        this.last = in.integer();
        this.lastStrong = in.integer();
        this.lastSoft = in.integer();
        this.positionOf = new Ints(in.table());
        this.count = new Ints(in.table());
        this.objectAt = new Ints(in.table());
        this.eighthsBefore = Wrapping.read(in);
    }

    /// What [#write] wrote; it lives as long as the memory that is read from.
    public static DominatorTree read(TableReader in) {
        return new DominatorTree(in);
    }

    public void write(TableWriter out) throws IOException {
        out.number(last);
        out.number(lastStrong);
        out.number(lastSoft);
        out.table(positionOf.segment());
        out.table(count.segment().asSlice(0, 4 * (last + 1L)));
        out.table(objectAt.segment().asSlice(0, 4 * (last + 1L)));
        eighthsBefore.write(out, last + 2);
    }

    /// Lets another thread make the tables ready that [#of] will ask for, while this one makes the graph of so many
    /// objects.
    public static void prepare(Memory memory, long objects) {
        memory.prepare(LongStream.concat(
                        LongStream.of(Linker.tableBytes(objects)), LongStream.of(DepthFirst.tableBytes(objects)))
                .toArray());
    }

    /// Walks, finds dominators and sums up; the tree lives as long as the memory. Tables of the phases before are
    /// used again wherever they are free, for memory that was never touched costs more time than the work on it.
    /// `ticker` counts three steps an object and one for each reference that no tree edge stands for.
    ///
    /// @throws java.util.concurrent.CancellationException when the thread was interrupted
    public static DominatorTree of(ObjectGraph graph, Memory memory, int threads, Ticker ticker) {
        try (Arena scratch = memory.arena()) {
            DepthFirst order = DepthFirst.walk(graph, memory, scratch, threads, ticker);
            Ints idom = Dominators.of(order, memory, threads, ticker);
            DominatorTree tree = new DominatorTree(order);
            tree.place(order, idom, ticker);
            tree.settle(graph, order, idom, threads);
            tree.eighthsBefore.sumUp(tree.last);
            return tree;
        }
    }

    /// Gives each number its position, in the place of its dominator, and each position its count.
    private void place(DepthFirst order, Ints idom, Ticker ticker) {
        Ints counts = new Ints(order.spare().asSlice(0, (last + 1L) * 4));
        count(idom, counts, ticker);
        Ints free = new Ints(order.spare().asSlice((last + 1L) * 4));
        free.set(0, 1);
        count.set(0, last + 1);
        for (int w = 1; w <= last; w++) {
            int dominator = idom.get(w);
            int at = free.get(dominator);
            int size = counts.get(w);
            free.set(dominator, at + size);
            free.set(w, at + 1);
            count.set(at, size);
            idom.set(w, at);
            ticker.tick();
        }
    }

    /// Gives each object its position, and each position its object and that one's size.
    private void settle(ObjectGraph graph, DepthFirst order, Ints positions, int threads) {
        Parallel.ranges(order.objects(), threads, (from, to) -> {
            for (int object = from; object < to; object++) {
                int number = order.numberOf(object);
                int position = number == 0 ? 0 : positions.get(number);
                positionOf.set(object, position);
                if (position != 0) {
                    objectAt.set(position, object);
                    eighthsBefore.put(position, graph.eighths(object));
                }
            }
        });
        objectAt.set(0, -1);
    }

    /// How many objects each number dominates, itself included, by one backward sweep: every number adds its own
    /// count to its dominator's.
    private void count(Ints idom, Ints counts, Ticker ticker) {
        counts.fill((byte) 0);
        for (int w = last; w >= 1; w--) {
            int dominator = idom.get(w);
            int count = counts.get(w) + 1;
            counts.set(w, count);
            counts.set(dominator, counts.get(dominator) + count);
            ticker.tick();
        }
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

    /// Position of the immediate dominator; 0 when only all roots together are one. The dominator is the nearest
    /// position before whose stretch reaches this far; blocks whose stretches all end earlier are skipped.
    public int up(int position) {
        Reach reach = reach();
        int at = position - 1;
        while (at > 0) {
            int block = at >>> BLOCK_SHIFT;
            if (reach.upTo[block] <= position) {
                return 0;
            }
            if (reach.of[block] <= position) {
                at = (block << BLOCK_SHIFT) - 1;
            } else if (at + count(at) > position) {
                return at;
            } else {
                at--;
            }
        }
        return 0;
    }

    /// How far the stretches of each block of positions reach, and those of all blocks up to it.
    @SuppressWarnings("ArrayRecordComponent") // read in one place, never handed out
    private record Reach(int[] of, int[] upTo) {}

    /// Made when first asked for.
    private Reach reach() {
        Reach known = reach;
        if (known == null) {
            int[] of = new int[(last >>> BLOCK_SHIFT) + 1];
            for (int at = 1; at <= last; at++) {
                of[at >>> BLOCK_SHIFT] = Math.max(of[at >>> BLOCK_SHIFT], at + count(at));
            }
            int[] upTo = of.clone();
            for (int block = 1; block < upTo.length; block++) {
                upTo[block] = Math.max(upTo[block], upTo[block - 1]);
            }
            known = new Reach(of, upTo);
            reach = known;
        }
        return known;
    }

    /// How many objects the one at this position retains, itself included.
    public int count(int position) {
        return count.get(position);
    }

    /// Bytes that would be free without the object at this position; all reachable bytes at 0.
    public long retained(int position) {
        return position == 0
                ? eighthsBefore.get(last + 1) << 3
                : (eighthsBefore.get(position + count(position)) - eighthsBefore.get(position)) << 3;
    }
}
