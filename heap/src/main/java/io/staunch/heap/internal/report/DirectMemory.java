package io.staunch.heap.internal.report;

import io.staunch.heap.internal.graph.ObjectGraph;

/// Memory outside the heap that direct buffers hold, by the node of the buffer, in bytes. Views of another buffer hold
/// none of their own.
final class DirectMemory {
    private final long[] own;
    private final long[] below;

    private final long count;

    private DirectMemory(long[] own, long count, PathTrie trie) {
        this.own = own;
        this.count = count;
        this.below = own.clone();
        below[0] = 0;
        for (int node = trie.size() - 1; node > 0; node--) {
            below[trie.parent(node)] += below[node];
        }
    }

    static DirectMemory of(ObjectGraph graph, PathTrie trie) {
        long count = 0;
        long[] bytes = new long[trie.size()];
        ObjectReader reader = new ObjectReader(graph);
        boolean[] isDirect = new boolean[graph.typeCount()];
        for (int t = 0; t < isDirect.length; t++) {
            isDirect[t] = graph.typeAt(t).isA("java.nio.DirectByteBuffer");
        }
        for (int object = 0; object < graph.size(); object++) {
            if (isDirect[graph.typeNumber(object)] && isOwner(object, reader) && !isTheJdks(object, trie, reader)) {
                bytes[trie.nodeOf(object)] += reader.number(object, "capacity").orElse(0);
                count += trie.has(object) ? 1 : 0;
            }
        }
        return new DirectMemory(bytes, count, trie);
    }

    /// Views of another buffer and mapped files hold no memory of their own.
    private static boolean isOwner(int buffer, ObjectReader reader) {
        return reader.reference(buffer, "att") < 0 && reader.reference(buffer, "fd") < 0;
    }

    /// Whether a buffer that nothing cleans up is the JDK's own, such as its mapped image of all classes: those are
    /// files that do not look like one.
    private static boolean isTheJdks(int buffer, PathTrie trie, ObjectReader reader) {
        for (int at = trie.nodeOf(buffer); at > 0 && reader.reference(buffer, "cleaner") < 0; at = trie.parent(at)) {
            String name = trie.isClass(at) ? trie.classAt(at).name() : trie.nameOf(at);
            if (name.startsWith("jdk.internal.")) {
                return true;
            }
        }
        return false;
    }

    /// How many reachable buffers hold memory of their own.
    long count() {
        return count;
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
