package io.staunch.heap.internal.report;

import io.staunch.heap.internal.index.TypeInfo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a container is filled with: looks through entry nodes, wrappers and collections to the type that a developer
/// would name. Types of the application and its libraries come before the JDK's, near ones before far ones.
final class Blame {
    private static final int DEEPEST = 8;
    private static final double ALIKE = 0.4;
    private static final long MUCH_MORE = 4;
    private static final int MOST_LOOKED_AT = 10_000;
    private static final Pattern COLLECTION =
            Pattern.compile("java\\.util\\..*(?:List|Map|Set|Queue|Deque|Table|Vector)$");

    private final PathTrie trie;
    private final Containers containers;
    private final Families families;

    Blame(PathTrie trie, Containers containers, Families families) {
        this.trie = trie;
        this.containers = containers;
        this.families = families;
    }

    /// A type that occurs about once an element.
    ///
    /// @param innards whether it is the inside of a container for anything, such as a cache's entries
    /// @param asItIs whether an array was itself put into the container, not something that consists of it
    record Piled(int family, String name, long instances, long bytes, int depth, boolean innards, boolean asItIs) {
        /// The same under another name and count.
        Piled as(String otherName, long otherInstances) {
            return new Piled(family, otherName, otherInstances, bytes, depth, innards, asItIs);
        }

        Piled with(Piled other) {
            return new Piled(
                    family,
                    name,
                    instances + other.instances,
                    Math.max(bytes, other.bytes),
                    Math.min(depth, other.depth),
                    innards,
                    asItIs || other.asItIs);
        }
    }

    /// The most blameworthy type in a container; its own when it holds nothing alike.
    Piled of(int container) {
        List<Piled> alike = alike(container);
        Optional<Piled> best = alike.stream()
                .min(Comparator.comparingInt((Piled p) -> rank(p, alike))
                        .thenComparingInt(Piled::depth)
                        .thenComparing(Comparator.comparingLong(Piled::bytes).reversed())
                        .thenComparing(Piled::name));
        int own = trie.family(container);
        return best.orElseGet(() -> new Piled(
                own, families.name(own), trie.count(container), containers.below(container), 0, false, false));
    }

    /// Whether threads are among what a container holds one of for each element, such as the keys of a map.
    boolean holdsThreads(int container) {
        return alike(container).stream()
                .anyMatch(piled -> families.example(piled.family()).isA("java.lang.Thread"));
    }

    /// All types below a container that occur often enough, nearest first.
    private List<Piled> alike(int container) {
        Map<Integer, Piled> found = new HashMap<>();
        boolean itself = containers.isLinked(container) || containers.isLiveThreads(container);
        long least = (long) Math.max(1, containers.elements(container) * ALIKE);
        collect(container, itself, least, found);
        return found.values().stream()
                .filter(piled -> piled.instances() >= least)
                .toList();
    }

    private void collect(int container, boolean itself, long least, Map<Integer, Piled> found) {
        record Open(int node, int depth) {}
        TypeInfo owner = containers.ownerType(container);
        List<Open> open = new ArrayList<>(List.of(new Open(container, 0)));
        while (!open.isEmpty()) {
            Open at = open.removeLast();
            if (at.depth > 0 || itself) {
                int family = trie.family(at.node);
                Piled piled = new Piled(
                        family,
                        families.name(family),
                        trie.count(at.node),
                        containers.below(at.node),
                        at.depth,
                        isInnards(family, owner),
                        trie.count(at.node) >= least && isHeldAsItIs(at.node, owner));
                found.merge(family, piled, Piled::with);
            }
            for (int child = containers.firstChild(at.node);
                    child >= 0 && at.depth < DEEPEST;
                    child = containers.nextSibling(child)) {
                open.add(new Open(child, at.depth + 1));
            }
        }
    }

    /// Whether a type is the entry of a cache or map that a library brings: it has a key and a value, and the
    /// container's class is its neighbour.
    private boolean isInnards(int family, TypeInfo owner) {
        TypeInfo type = families.example(family);
        return Entries.hasKeyAndValue(type)
                && Ownership.isForAnything(owner)
                && Owners.packageOf(type.name()).equals(Owners.packageOf(owner.name()));
    }

    /// Where what fills a container directly comes from: the first type outside the JDK on each way into it that is no
    /// entry. Empty when there is none.
    Set<Origin> origins(int container, Owners owners) {
        long least = (long) Math.max(1, containers.elements(container) * ALIKE);
        Set<Origin> origins = new LinkedHashSet<>();
        Deque<Integer> open = new ArrayDeque<>(List.of(container));
        int budget = MOST_LOOKED_AT;
        while (!open.isEmpty() && budget-- > 0) {
            int at = open.removeFirst();
            TypeInfo type = families.example(trie.family(at));
            boolean means = at == container && !containers.isLinked(at);
            if (!means && !Owners.isJdk(type.name()) && !Entries.isEntry(type) && trie.count(at) >= least) {
                origins.add(owners.origin(type));
                continue;
            }
            for (int child = containers.firstChild(at); child >= 0; child = containers.nextSibling(child)) {
                open.addLast(child);
            }
        }
        return origins;
    }

    /// Lower is more to blame.
    private int rank(Piled piled, List<Piled> alike) {
        String name = piled.name();
        boolean jdk = Owners.isJdk(name);
        boolean lambda = name.contains("$$Lambda");
        if (!jdk && !name.endsWith("[]")) {
            if (piled.innards()) {
                return 10;
            }
            boolean entry = isEntry(piled) && hasContent(piled, alike);
            return entry ? 2 : lambda ? 1 : 0;
        }
        if (!jdk) {
            return 3;
        }
        TypeInfo type = families.example(piled.family());
        if (piled.asItIs()) {
            return outweighsItsKeys(piled, alike) ? 5 : 7;
        }
        return jdkRank(name, type);
    }

    private boolean outweighsItsKeys(Piled array, List<Piled> alike) {
        return alike.stream()
                .filter(other -> other.name().equals("java.lang.String"))
                .allMatch(other -> array.bytes() > MUCH_MORE * other.bytes());
    }

    /// Whether the node's objects are arrays of values that hang on a container's entries or elements directly.
    private boolean isHeldAsItIs(int node, TypeInfo owner) {
        int holder = trie.family(trie.parent(node));
        TypeInfo type = families.example(holder);
        return isPrimitiveArray(families.name(trie.family(node)))
                && (type.kind() != TypeInfo.Kind.INSTANCES || Entries.isEntry(type) || isInnards(holder, owner));
    }

    private static boolean isPrimitiveArray(String name) {
        return name.endsWith("[]") && name.indexOf('.') < 0 && Character.isLowerCase(name.charAt(0));
    }

    private static boolean isBoxed(TypeInfo type) {
        return type.isA("java.lang.Number") || type.name().equals("java.lang.Object");
    }

    private boolean isEntry(Piled piled) {
        return Entries.isEntry(families.example(piled.family()));
    }

    /// Whether an entry leads to anything better than itself.
    private boolean hasContent(Piled entry, List<Piled> alike) {
        return alike.stream()
                .anyMatch(other -> other.depth() > entry.depth()
                        && !Owners.isJdk(other.name())
                        && !other.name().endsWith("[]")
                        && !isEntry(other));
    }

    private int jdkRank(String name, TypeInfo type) {
        if (type.kind() != TypeInfo.Kind.INSTANCES) {
            return name.equals("java.lang.Object[]") ? 12 : 11;
        }
        if (type.isA("java.lang.Thread") || type.isA("java.lang.ClassLoader") || name.equals("java.lang.Class")) {
            return 4;
        }
        if (name.startsWith("java.util.") && Entries.isEntry(type)) {
            return 10;
        }
        if (type.isA("java.util.AbstractMap")
                || type.isA("java.util.AbstractCollection")
                || COLLECTION.matcher(name).matches()) {
            return 9;
        }
        boolean plain = name.startsWith("java.lang.") && !name.startsWith("java.lang.ref.");
        return isBoxed(type) ? 8 : plain ? 6 : 5;
    }
}
