package io.staunch.heap.internal.report;

import io.staunch.heap.internal.graph.Ints;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

/// Objects whose references are still to be followed, first in, first out, in pieces of 1 MiB that are used again:
/// takes as much of its arena's memory as was queued at one time, not as much as ever was, and none before the first.
final class Frontier {
    private static final int PIECE = 1 << 18;

    private final Arena arena;
    private final Deque<Ints> pieces = new ArrayDeque<>();
    private final Deque<Ints> spare = new ArrayDeque<>();
    private Ints first;
    private Ints last;
    private int head = PIECE;
    private int tail = PIECE;
    private long added;
    private long removed;

    Frontier(Arena arena) {
        this.arena = arena;
        this.last = new Ints(MemorySegment.NULL);
        this.first = last;
    }

    void add(int object) {
        if (tail == PIECE) {
            grow();
        }
        last.set(tail++, object);
        added++;
    }

    private void grow() {
        last = spare.isEmpty() ? new Ints(arena, PIECE) : spare.removeLast();
        pieces.addLast(last);
        tail = 0;
    }

    /// Takes the oldest objects into an array; there must be so many.
    void remove(int count, int[] objects) {
        for (int i = 0; i < count; i++) {
            if (head == PIECE) {
                if (pieces.getFirst() == first) {
                    spare.addLast(pieces.removeFirst());
                }
                first = pieces.getFirst();
                head = 0;
            }
            objects[i] = first.get(head++);
        }
        removed += count;
    }

    boolean isEmpty() {
        return added == removed;
    }

    /// How many were ever added; a caller that notes it knows where a level ends.
    long added() {
        return added;
    }

    /// How many were ever removed.
    long removed() {
        return removed;
    }
}
