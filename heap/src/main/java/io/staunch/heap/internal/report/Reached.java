package io.staunch.heap.internal.report;

import io.staunch.heap.internal.graph.Longs;
import io.staunch.heap.internal.memory.TableReader;
import io.staunch.heap.internal.memory.TableWriter;
import java.io.IOException;
import java.lang.foreign.Arena;

/// By what each object was first reached, and the node of the trie that it belongs to: side by side, 8 bytes an object.
/// While the search runs, one bit an object tells which were reached: that many references lead to what is known
/// already costs no look into a large table.
final class Reached {
    private static final int ROOT = -1;

    private final Longs entries;
    private final long[] bits;

    Reached(Arena arena, int objects) {
        this.entries = new Longs(arena, objects);
        this.bits = new long[(objects >>> 6) + 1];
    }

    private Reached(TableReader in) {
        this.entries = new Longs(in.table());
        this.bits = new long[0];
    }

    /// What [#write] wrote; nothing can be put into it any more.
    static Reached read(TableReader in) {
        return new Reached(in);
    }

    void write(TableWriter out) throws IOException {
        out.table(entries.segment());
    }

    /// Whether an object has been met; only while the search runs.
    boolean isMet(int object) {
        return unmet(object) == 0;
    }

    /// 1 for an object that has not been met, else 0; only while the search runs.
    int unmet(int object) {
        return (int) (~bits[object >>> 6] >>> object) & 1;
    }

    void meet(int object) {
        bits[object >>> 6] |= 1L << object;
    }

    /// Lets an object be met again.
    void forget(int object) {
        bits[object >>> 6] &= ~(1L << object);
    }

    void setRoot(int object, int node) {
        set(object, ROOT, node);
    }

    /// An object that `from` leads to.
    void set(int object, int from, int node) {
        entries.set(object, (from + 1L) << 32 | node);
    }

    /// The node that an object belongs to; 0 when nothing leads to it.
    int node(int object) {
        return (int) entries.get(object);
    }

    /// The object that leads to this one; -1 for a root's, and for what nothing leads to.
    int from(int object) {
        return (int) (entries.get(object) >>> 32) - 1;
    }
}
