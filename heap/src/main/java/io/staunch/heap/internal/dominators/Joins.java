package io.staunch.heap.internal.dominators;

import io.staunch.heap.internal.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// Numbers whose semidominator is not their parent, found in descending order. 8 bytes each, in pieces of 8 MiB.
final class Joins implements AutoCloseable {
    private static final int PIECE_SHIFT = 20;
    private static final int PIECE_MASK = (1 << PIECE_SHIFT) - 1;
    private static final int FIRST_PIECE = 1 << 12;

    private final Arena arena;
    private final List<MemorySegment> pieces = new ArrayList<>();
    private MemorySegment piece;
    long used;

    /// Takes a number and its semidominator.
    @FunctionalInterface
    interface Action {
        void join(int number, int semidominator);
    }

    Joins(Memory memory) {
        arena = memory.arena();
        piece = arena.allocate(8L * FIRST_PIECE, 64);
        pieces.add(piece);
    }

    void add(int number, int semidominator) {
        long at = used < FIRST_PIECE ? used : (used - FIRST_PIECE) & PIECE_MASK;
        if (used >= FIRST_PIECE && at == 0) {
            piece = arena.allocate(8L << PIECE_SHIFT, 64);
            pieces.add(piece);
        }
        piece.setAtIndex(ValueLayout.JAVA_LONG, at, (long) number << 32 | semidominator);
        used++;
    }

    /// All of them, the last found first.
    void eachAscending(Action action) {
        for (long i = used - 1; i >= 0; i--) {
            boolean first = i < FIRST_PIECE;
            MemorySegment from = pieces.get(first ? 0 : 1 + (int) ((i - FIRST_PIECE) >>> PIECE_SHIFT));
            long pair = from.getAtIndex(ValueLayout.JAVA_LONG, first ? i : (i - FIRST_PIECE) & PIECE_MASK);
            action.join((int) (pair >>> 32), (int) pair);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
