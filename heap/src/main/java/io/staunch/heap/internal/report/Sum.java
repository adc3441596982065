package io.staunch.heap.internal.report;

import io.staunch.heap.internal.dominators.DominatorTree;

/// What a set of objects adds up to.
final class Sum {
    private final DominatorTree tree;
    private long instances;
    private long retained;
    private int end = -1;
    private boolean strong;
    private int largest = -1;
    private long largestBytes = -1;

    Sum(DominatorTree tree) {
        this.tree = tree;
    }

    /// Positions must come in ascending order, so that what another member retains is not counted twice.
    void add(int position) {
        instances++;
        strong |= position <= tree.lastStrong();
        long bytes = tree.retained(position);
        if (position > end) {
            retained += bytes;
            end = position + tree.count(position) - 1;
        }
        if (bytes > largestBytes) {
            largestBytes = bytes;
            largest = tree.objectAt(position);
        }
    }

    long instances() {
        return instances;
    }

    /// Bytes that they keep alive together.
    long retained() {
        return retained;
    }

    /// Whether any of them is reached by strong references alone.
    boolean isStrong() {
        return strong;
    }

    /// The member that retains most; -1 without members.
    int largest() {
        return largest;
    }

    long largestBytes() {
        return Math.max(0, largestBytes);
    }
}
