package io.staunch.heap.internal.dominators;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// References that are no tree edges, as pairs of preorder numbers, sorted roughly by target while they are found:
/// each bucket takes the targets of one range of numbers, so that whoever reads a bucket works within the processor's
/// cache. 8 bytes a pair, in pieces of 4,096 pairs; each piece knows the one before it in its bucket.
final class Crossings {
    private static final int BUCKET_SHIFT = 17;
    private static final int PIECE_SHIFT = 12;
    private static final long PIECE_MASK = (1L << PIECE_SHIFT) - 1;

    private final MemorySegment pairs;
    private final long[] next;
    private final long[] counts;
    private int[] before = new int[256];
    private int pieces;

    /// Room for so many pairs between numbers up to `last`.
    Crossings(Arena arena, long most, int last) {
        int buckets = (last >>> BUCKET_SHIFT) + 1;
        this.pairs = arena.allocate((Math.max(most, last) + ((long) buckets << PIECE_SHIFT)) * 8, 64);
        this.next = new long[buckets];
        this.counts = new long[buckets];
    }

    void add(int to, int from) {
        int bucket = to >>> BUCKET_SHIFT;
        long at = next[bucket];
        if ((at & PIECE_MASK) == 0) {
            at = newPiece(bucket);
        }
        pairs.setAtIndex(ValueLayout.JAVA_LONG, at, (long) to << 32 | from);
        next[bucket] = at + 1;
        counts[bucket]++;
    }

    private long newPiece(int bucket) {
        if (pieces == before.length) {
            before = Arrays.copyOf(before, pieces * 2);
        }
        before[pieces] = next[bucket] == 0 ? -1 : (int) ((next[bucket] - 1) >>> PIECE_SHIFT);
        return (long) pieces++ << PIECE_SHIFT;
    }

    int buckets() {
        return next.length;
    }

    /// The least target that belongs to a bucket.
    static int first(int bucket) {
        return bucket << BUCKET_SHIFT;
    }

    /// How many numbers belong to a bucket.
    static int width() {
        return 1 << BUCKET_SHIFT;
    }

    long count(int bucket) {
        return counts[bucket];
    }

    /// The memory, for other uses once all pairs were read; its first pages are in use already.
    MemorySegment memory() {
        return pairs;
    }

    /// The last piece of a bucket; -1 when it is empty.
    int lastPiece(int bucket) {
        return next[bucket] == 0 ? -1 : (int) ((next[bucket] - 1) >>> PIECE_SHIFT);
    }

    /// The piece before this one in its bucket; -1 when there is none.
    int pieceBefore(int piece) {
        return before[piece];
    }

    /// The pairs of one of a bucket's pieces, in no order: target in the upper half, source in the lower.
    MemorySegment piece(int bucket, int piece) {
        long first = (long) piece << PIECE_SHIFT;
        long end = Math.min(first + (1L << PIECE_SHIFT), piece == lastPiece(bucket) ? next[bucket] : Long.MAX_VALUE);
        return pairs.asSlice(first * 8, (end - first) * 8);
    }
}
