package io.staunch.heap.internal.report;

import java.util.ArrayDeque;
import java.util.Deque;

/// Objects whose references are still to be followed, first in, first out, in pieces of 256 KiB that are used again:
/// takes as much memory as is queued at one time, not as much as ever was.
final class Frontier {
    private static final int PIECE = 1 << 16;

    private final Deque<int[]> pieces = new ArrayDeque<>();
    private int[] first = new int[PIECE];
    private int[] last = first;
    private int[] spare = new int[0];
    private int head;
    private int tail;
    private long added;
    private long removed;

    Frontier() {
        pieces.addLast(first);
    }

    void add(int object) {
        if (tail == PIECE) {
            grow();
        }
        last[tail++] = object;
        added++;
    }

    private void grow() {
        last = spare.length == 0 ? new int[PIECE] : spare;
        spare = new int[0];
        pieces.addLast(last);
        tail = 0;
    }

    /// Takes the oldest objects into an array; there must be so many.
    void remove(int count, int[] objects) {
        for (int i = 0; i < count; i++) {
            if (head == PIECE) {
                spare = first;
                pieces.removeFirst();
                first = pieces.getFirst();
                head = 0;
            }
            objects[i] = first[head++];
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
