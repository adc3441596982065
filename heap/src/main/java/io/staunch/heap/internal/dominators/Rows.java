package io.staunch.heap.internal.dominators;

import io.staunch.heap.internal.graph.Ints;
import io.staunch.heap.internal.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// One bucket of crossings sorted by target, as sparse rows: the sources of target `first + i` lie from the end of
/// row i - 1 up to and without the end of row i. By counting, O(pairs + width).
final class Rows implements AutoCloseable {
    private final Arena arena;
    private final int first;
    private final long[] end;
    private final Ints sources;

    private Rows(Arena arena, int first, long[] end, Ints sources) {
        this.arena = arena;
        this.first = first;
        this.end = end;
        this.sources = sources;
    }

    /// References to itself, from the parent, or to what hangs under the top change no dominator and are left out.
    static Rows sort(Crossings crossings, int bucket, Ints parents, Memory memory) {
        int first = Crossings.first(bucket);
        long[] end = new long[crossings.count(bucket) == 0 ? 0 : Crossings.width()];
        for (int piece = crossings.lastPiece(bucket); piece >= 0; piece = crossings.pieceBefore(piece)) {
            count(crossings.piece(bucket, piece), first, end, parents);
        }
        long sum = 0;
        for (int i = 0; i < end.length; i++) {
            long count = end[i];
            end[i] = sum;
            sum += count;
        }
        Arena arena = memory.arena();
        Ints sources = new Ints(arena, sum);
        for (int piece = crossings.lastPiece(bucket); piece >= 0; piece = crossings.pieceBefore(piece)) {
            place(crossings.piece(bucket, piece), first, end, parents, sources);
        }
        return new Rows(arena, first, end, sources);
    }

    /// How many pairs of a piece each target has. The loop starts at 0 and ends where the piece does, so that its
    /// compiled code holds for every piece.
    private static void count(MemorySegment pairs, int first, long[] counts, Ints parents) {
        int size = (int) (pairs.byteSize() >>> 3);
        for (int i = 0; i < size; i++) {
            long pair = pairs.getAtIndex(ValueLayout.JAVA_LONG, i);
            int to = (int) (pair >>> 32);
            counts[to - first] += counts(to, (int) pair, parents) ? 1 : 0;
        }
    }

    /// Puts the sources of a piece where their targets' next ones belong.
    private static void place(MemorySegment pairs, int first, long[] next, Ints parents, Ints sources) {
        int size = (int) (pairs.byteSize() >>> 3);
        for (int i = 0; i < size; i++) {
            long pair = pairs.getAtIndex(ValueLayout.JAVA_LONG, i);
            int to = (int) (pair >>> 32);
            if (counts(to, (int) pair, parents)) {
                sources.set(next[to - first]++, (int) pair);
            }
        }
    }

    private static boolean counts(int to, int from, Ints parents) {
        int parent = parents.get(to);
        return parent != 0 && parent != from && to != from;
    }

    /// How many targets there may be; 0 when the bucket is empty.
    int width() {
        return end.length;
    }

    int target(int row) {
        return first + row;
    }

    long start(int row) {
        return row == 0 ? 0 : end[row - 1];
    }

    long end(int row) {
        return end[row];
    }

    int source(long at) {
        return sources.get(at);
    }

    @Override
    public void close() {
        arena.close();
    }
}
