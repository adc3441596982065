package io.staunch.heap.internal.graph;

import java.util.ArrayDeque;
import java.util.Deque;

/// First in, first out, for ints, in pieces of 256 KiB that are used again: takes as much memory as is queued at one
/// time, not as much as ever was.
public final class IntQueue {
    private static final int PIECE = 1 << 16;

    private final Deque<int[]> pieces = new ArrayDeque<>();
    private int[] first = new int[PIECE];
    private int[] last = first;
    private int[] spare = new int[0];
    private int head;
    private int tail;
    private long added;
    private long removed;

    public IntQueue() {
        pieces.addLast(first);
    }

    public void add(int value) {
        if (tail == PIECE) {
            grow();
        }
        last[tail++] = value;
        added++;
    }

    private void grow() {
        last = spare.length == 0 ? new int[PIECE] : spare;
        spare = new int[0];
        pieces.addLast(last);
        tail = 0;
    }

    /// The oldest value; there must be one.
    public int remove() {
        if (head == PIECE) {
            spare = first;
            pieces.removeFirst();
            first = pieces.getFirst();
            head = 0;
        }
        removed++;
        return first[head++];
    }

    public boolean isEmpty() {
        return added == removed;
    }

    /// How many values were ever added; a caller that notes it knows where a level ends.
    public long added() {
        return added;
    }

    /// How many values were ever removed.
    public long removed() {
        return removed;
    }
}
