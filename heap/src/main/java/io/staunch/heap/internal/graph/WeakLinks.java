package io.staunch.heap.internal.graph;

import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import java.io.IOException;
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

    /// Puts them in the order of their sources, whichever thread found which.
    void sort() {
        long[] order = new long[size];
        for (int i = 0; i < size; i++) {
            order[i] = (long) from[i] << 32 | i;
        }
        Arrays.sort(order);
        int[] targets = to.clone();
        Strength[] strengths = strength.clone();
        for (int i = 0; i < size; i++) {
            from[i] = (int) (order[i] >>> 32);
            to[i] = targets[(int) order[i]];
            strength[i] = strengths[(int) order[i]];
        }
    }

    void write(TableWriter out) throws IOException {
        out.ints(from, size);
        out.ints(to, size);
        out.ints(Arrays.stream(strength, 0, size).mapToInt(Strength::ordinal).toArray(), size);
    }

    static WeakLinks read(TableReader in) {
        WeakLinks links = new WeakLinks();
        int[] sources = in.ints();
        int[] targets = in.ints();
        int[] strengths = in.ints();
        for (int i = 0; i < sources.length; i++) {
            links.add(sources[i], targets[i], Strength.values()[strengths[i]]);
        }
        return links;
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
