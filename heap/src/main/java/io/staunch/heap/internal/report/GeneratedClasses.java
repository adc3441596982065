package io.staunch.heap.internal.report;

import io.staunch.heap.internal.graph.ObjectGraph;
import io.staunch.heap.internal.graph.WeakLinks;
import io.staunch.heap.internal.index.TypeInfo;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Classes made in numbers at run time. Their loader holds them as long as it lives, which explains nothing; who made
/// them is the cache that keeps an entry for each, often with a weak reference to the class.
///
/// @param family their common name, such as `Service$$Proxy*`
/// @param classes how many there are
/// @param keeper the container whose entries refer to them weakly or softly, one entry a class
record GeneratedClasses(String family, long classes, Optional<Integer> keeper) {
    private static final double MOST_OF_THEM = 0.4;
    private static final double ABOUT_AS_MANY = 0.8;

    /// The largest family of generated classes; empty when there is none.
    static Optional<GeneratedClasses> largest(
            ObjectGraph graph, Families families, PathTrie trie, Containers containers) {
        Optional<TypeInfo> largest = graph.types().all().stream()
                .filter(type -> type.number() < graph.typeCount())
                .filter(type -> families.isGenerated(families.of(type.number())))
                .max(Comparator.comparing((TypeInfo type) -> !Owners.isJdk(type.name()))
                        .thenComparingInt(type -> families.members(families.of(type.number())))
                        .thenComparingInt(type -> -type.name().length()));
        return largest.map(type -> {
            int family = families.of(type.number());
            return new GeneratedClasses(
                    families.name(family),
                    families.members(family),
                    keeper(companions(family, families), graph, families, trie, containers));
        });
    }

    /// Families of about the same size: one entry of a generator's cache often stands for several classes.
    private static BitSet companions(int family, Families families) {
        BitSet companions = new BitSet();
        for (int other = 0; other < families.size(); other++) {
            boolean alike = families.members(other) >= ABOUT_AS_MANY * families.members(family);
            if (alike && families.isGenerated(other) && !Owners.isJdk(families.name(other))) {
                companions.set(other);
            }
        }
        companions.set(family);
        return companions;
    }

    private static Optional<Integer> keeper(
            BitSet companions, ObjectGraph graph, Families families, PathTrie trie, Containers containers) {
        int members = companions.stream().map(families::members).min().orElse(0);
        WeakLinks links = graph.weakLinks();
        Map<Integer, Integer> entries = new HashMap<>();
        for (int i = 0; i < links.size(); i++) {
            TypeInfo named = described(links.to(i), graph);
            int node = trie.nodeOf(links.from(i));
            if (named != null && node > 0 && companions.get(families.of(named.number()))) {
                int container = containers.growing(node);
                if (container > 0 && !underJdkClass(container, trie)) {
                    entries.merge(container, 1, Integer::sum);
                }
            }
        }
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue() >= MOST_OF_THEM * members)
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }

    private static boolean underJdkClass(int container, PathTrie trie) {
        int top = container;
        while (trie.parent(top) > 0) {
            top = trie.parent(top);
        }
        return trie.isClass(top) && Owners.isJdk(trie.classAt(top).name());
    }

    private static @Nullable TypeInfo described(int object, ObjectGraph graph) {
        return graph.type(object) == graph.types().classType()
                ? graph.types().described(graph.ids().idOf(object))
                : null;
    }
}
