package io.staunch.heap.internal.report;

import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.index.TypeInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which nodes of the trie are containers that pile things up: arrays with many elements, linked structures with many
/// members, and the set of live threads. `fan` is how many elements one container has on average.
final class Containers {
    private static final double LEAST_FAN = 8;
    /// An outer container counts as the one that grows unless an inner one has so many times more elements.
    private static final double INNER_WINS = 4;
    private static final double MOST_OF_IT = 0.6;
    private static final double PART_OF_IT = 0.2;
    private static final double ALIKE = 0.4;
    private static final double FEW_OF_THEM = 0.3;

    private final ObjectGraph graph;
    private final PathTrie trie;
    private final Families families;
    private final int size;
    private final long[] below;
    private final long[] elements;
    private final int[] firstChild;
    private final int[] nextSibling;
    private final boolean[] isEntry;

    /// Memory outside the heap that a node's objects hold counts as theirs.
    Containers(ObjectGraph graph, PathTrie trie, Families families, DirectMemory direct) {
        this.graph = graph;
        this.trie = trie;
        this.families = families;
        this.size = trie.size();
        this.below = new long[size];
        this.elements = new long[size];
        this.firstChild = new int[size];
        this.nextSibling = new int[size];
        Arrays.fill(firstChild, -1);
        Arrays.fill(nextSibling, -1);
        int classFamily = families.of(graph.types().classType().number());
        this.isEntry = new boolean[families.size()];
        for (int family = 0; family < isEntry.length; family++) {
            isEntry[family] = Entries.isEntry(families.example(family));
        }
        for (int node = size - 1; node > 0; node--) {
            below[node] += trie.shallow(node) + direct.of(node);
            int parent = trie.parent(node);
            below[parent] += below[node];
            boolean itsClass = trie.family(node) == classFamily && trie.entered(node) == 1;
            if (!itsClass) {
                elements[parent] += isEntry[trie.family(node)] ? trie.count(node) : trie.entered(node);
            }
            nextSibling[node] = firstChild[parent];
            firstChild[parent] = node;
        }
    }

    /// Bytes of all objects of a node and of the nodes below it, direct memory included.
    long below(int node) {
        return below[node];
    }

    int firstChild(int node) {
        return firstChild[node];
    }

    int nextSibling(int node) {
        return nextSibling[node];
    }

    private boolean isArray(int node) {
        return !trie.isClass(node) && families.example(trie.family(node)).kind() == TypeInfo.Kind.OBJECT_ARRAY;
    }

    /// Whether the node's objects link to each other: a list's nodes, a tree's entries.
    boolean isLinked(int node) {
        return trie.count(node) >= LEAST_FAN * Math.max(1, trie.entered(node));
    }

    /// Whether the node stands for the live threads.
    boolean isLiveThreads(int node) {
        return node > 0
                && trie.parent(node) == 0
                && !trie.isClass(node)
                && trie.example(node) >= 0
                && graph.threads().isLive(trie.example(node));
    }

    /// How many elements all containers of this node have together.
    long elements(int node) {
        if (isLiveThreads(node)) {
            return trie.count(node);
        }
        return isLinked(node) ? Math.max(trie.count(node), elements[node]) : elements[node];
    }

    double fan(int node) {
        if (node <= 0 || trie.isClass(node)) {
            return 0;
        }
        if (isLiveThreads(node)) {
            return trie.count(node);
        }
        return isArray(node) || isLinked(node) ? (double) elements(node) / Math.max(1, trie.entered(node)) : 0;
    }

    boolean isContainer(int node) {
        return fan(node) >= LEAST_FAN;
    }

    /// The node of the nearest holder outside the JDK, which the container is a part of; the outermost without any.
    int owner(int node) {
        int at = trie.parent(node);
        while (trie.parent(at) > 0 && !isOwn(at)) {
            at = trie.parent(at);
        }
        return at;
    }

    /// The type of [#owner(int)]'s objects.
    TypeInfo ownerType(int node) {
        return typeOf(owner(node));
    }

    private TypeInfo typeOf(int node) {
        return trie.isClass(node) ? trie.classAt(node) : families.example(trie.family(Math.max(1, node)));
    }

    private boolean isOwn(int node) {
        TypeInfo type = typeOf(node);
        return type.kind() == TypeInfo.Kind.INSTANCES && !Owners.isJdk(type.name());
    }

    /// The container that grows when objects of this node do: of all containers on the way to the root the outermost,
    /// unless one further in has several times more elements each; -1 without any. Live threads are many in every
    /// service, and are it only when what grows hangs below many of them: a stack often leads to all there is.
    int growing(int node) {
        double most = 0;
        for (int at = node; at > 0; at = trie.parent(at)) {
            if (at != node || isLinked(at) || isLiveThreads(at)) {
                most = Math.max(most, fan(at));
            }
        }
        int found = -1;
        for (int at = node; at > 0 && most >= LEAST_FAN; at = trie.parent(at)) {
            boolean holds = at != node || isLinked(at) || isLiveThreads(at);
            boolean byChance = found >= 0 && isLiveThreads(at) && trie.entered(found) < FEW_OF_THEM * trie.count(at);
            if (holds && !byChance && isContainer(at) && fan(at) * INNER_WINS >= most) {
                found = at;
            }
        }
        return found;
    }

    /// Containers with at least so many bytes below them, none within another.
    List<Integer> largest(long leastBytes) {
        return largest(leastBytes, below);
    }

    /// The same by another weight of each node, such as what it grew by; a node weighs at least as much as those
    /// below it. Live threads are many and alike in every service, so what piles up below one of them counts too.
    List<Integer> largest(long least, long[] weight) {
        boolean[] covered = new boolean[size];
        List<Integer> chosen = new ArrayList<>();
        for (int node = 1; node < size; node++) {
            covered[node] = covered[trie.parent(node)];
            if (!covered[node]
                    && weight[node] >= least
                    && isContainer(node)
                    && isAlike(node)
                    && !innerIsBetter(node, weight)) {
                covered[node] = !isLiveThreads(node);
                chosen.add(node);
            }
        }
        return chosen;
    }

    /// Whether enough of a container's elements are of one type; strings are looked at only when there is nothing else,
    /// for they are mostly keys. A map of all parts of an application is large, but nothing piles up in it.
    private boolean isAlike(int container) {
        if (isLiveThreads(container) || isLinked(container)) {
            return true;
        }
        Map<Integer, Long> counts = new HashMap<>();
        List<Integer> open = new ArrayList<>(List.of(container));
        while (!open.isEmpty()) {
            for (int child = firstChild[open.removeLast()]; child >= 0; child = nextSibling[child]) {
                int family = trie.family(child);
                if (isEntry[family] && firstChild[child] >= 0) {
                    open.add(child);
                } else {
                    counts.merge(family, trie.count(child), Long::sum);
                }
            }
        }
        long least = (long) (ALIKE * elements(container));
        long strings = counts.entrySet().stream()
                .filter(entry -> families.name(entry.getKey()).equals("java.lang.String"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        long others = counts.values().stream().mapToLong(Long::longValue).sum() - strings;
        return others < least
                || counts.entrySet().stream()
                        .filter(entry -> !families.name(entry.getKey()).equals("java.lang.String"))
                        .anyMatch(entry -> entry.getValue() >= least);
    }

    /// Whether what is large in a container sits in few of its elements, or in containers much larger than itself.
    private boolean innerIsBetter(int outer, long[] weight) {
        List<Integer> open = new ArrayList<>(List.of(outer));
        while (!open.isEmpty()) {
            int at = open.removeLast();
            for (int child = firstChild[at]; child >= 0; child = nextSibling[child]) {
                if (weight[child] < PART_OF_IT * weight[outer]) {
                    continue;
                }
                if (!isContainer(child)) {
                    open.add(child);
                } else if (isBetter(child, outer, weight)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isBetter(int inner, int outer, long[] weight) {
        boolean inFew = trie.entered(inner) < FEW_OF_THEM * elements(outer);
        boolean most = weight[inner] >= MOST_OF_IT * weight[outer];
        return inFew || (most && fan(inner) >= INNER_WINS * fan(outer));
    }
}
