package io.staunch.heap.internal.report;

import io.staunch.heap.internal.graph.ObjectGraph;

/// Memory outside the heap that direct buffers hold, by the node of the buffer, in bytes. Views of another buffer hold
/// none of their own.
final class DirectMemory {
    private final long[] own;
    private final long[] below;

    private DirectMemory(long[] own, PathTrie trie) {
        this.own = own;
        this.below = own.clone();
        for (int node = trie.size() - 1; node > 0; node--) {
            below[trie.parent(node)] += below[node];
        }
    }

    static DirectMemory of(ObjectGraph graph, PathTrie trie) {
        long[] bytes = new long[trie.size()];
        ObjectReader reader = new ObjectReader(graph);
        boolean[] isDirect = new boolean[graph.typeCount()];
        for (int t = 0; t < isDirect.length; t++) {
            isDirect[t] = graph.typeAt(t).isA("java.nio.DirectByteBuffer");
        }
        for (int object = 0; object < graph.size(); object++) {
            if (isDirect[graph.typeNumber(object)] && reader.reference(object, "att") < 0) {
                bytes[trie.nodeOf(object)] += reader.number(object, "capacity").orElse(0);
            }
        }
        return new DirectMemory(bytes, trie);
    }

    /// Held by the node's own objects.
    long of(int node) {
        return own[node];
    }

    /// Held by the node's objects and all below them.
    long below(int node) {
        return below[node];
    }
}
