package io.staunch.heap.internal.graph;

import java.util.Arrays;

/// References that do not hold: from a java.lang.ref.Reference to its referent. Growable parallel arrays, one thread
/// at a time while they grow.
public final class WeakLinks {
    /// How a reference object holds its referent.
    public enum Strength {
        SOFT,
        FINAL,
        WEAK,
        PHANTOM
    }

    private int[] from = new int[64];
    private int[] to = new int[64];
    private Strength[] strength = new Strength[64];
    private int size;

    void add(int source, int target, Strength kind) {
        if (size == from.length) {
            int larger = Math.addExact(size, size);
            from = Arrays.copyOf(from, larger);
            to = Arrays.copyOf(to, larger);
            strength = Arrays.copyOf(strength, larger);
        }
        from[size] = source;
        to[size] = target;
        strength[size++] = kind;
    }

    void addAll(WeakLinks other) {
        for (int i = 0; i < other.size; i++) {
            add(other.from[i], other.to[i], other.strength(i));
        }
    }

    public int size() {
        return size;
    }

    public int from(int i) {
        return from[i];
    }

    public int to(int i) {
        return to[i];
    }

    public Strength strength(int i) {
        return strength[i];
    }
}
