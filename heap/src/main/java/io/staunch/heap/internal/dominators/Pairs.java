package io.staunch.heap.internal.dominators;

import java.util.ArrayList;
import java.util.List;

/// A growing list of pairs of ints, in pieces of 2 MiB, read once from the start.
final class Pairs {
    private static final int PIECE = 1 << 19;

    private final List<int[]> pieces = new ArrayList<>();
    private int[] piece = new int[0];
    private int used;

    /// Takes a pair.
    @FunctionalInterface
    interface Action {
        void pair(int first, int second);
    }

    void add(int first, int second) {
        if (used == piece.length) {
            piece = new int[PIECE];
            pieces.add(piece);
            used = 0;
        }
        piece[used++] = first;
        piece[used++] = second;
    }

    void each(Action action) {
        for (int i = 0; i < pieces.size(); i++) {
            int[] one = pieces.get(i);
            int end = i + 1 == pieces.size() ? used : one.length;
            for (int at = 0; at < end; at += 2) {
                action.pair(one[at], one[at + 1]);
            }
        }
    }

    void clear() {
        pieces.clear();
        piece = new int[0];
        used = 0;
    }
}
