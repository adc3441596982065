package io.staunch.heap.internal.report;

import io.staunch.heap.internal.index.TypeInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a container is filled with: looks through entry nodes, wrappers and collections to the type that a developer
/// would name. Types of the application and its libraries come before the JDK's, near ones before far ones.
final class Blame {
    private static final int DEEPEST = 8;
    private static final double ALIKE = 0.4;
    private static final Pattern ENTRY =
            Pattern.compile(".*(?:Entry|Node|Cell|Bucket|Segment|Link|Element|Wrapper|Holder|Ref|Reference)(?:\\d*)$");

    private final PathTrie trie;
    private final Containers containers;
    private final Families families;

    Blame(PathTrie trie, Containers containers, Families families) {
        this.trie = trie;
        this.containers = containers;
        this.families = families;
    }

    /// A type that occurs about once an element.
    record Piled(int family, String name, long instances, long bytes, int depth) {
        /// The same under another name and count.
        Piled as(String otherName, long otherInstances) {
            return new Piled(family, otherName, otherInstances, bytes, depth);
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
        return best.orElseGet(
                () -> new Piled(own, families.name(own), trie.count(container), containers.below(container), 0));
    }

    /// All types below a container that occur often enough, nearest first.
    private List<Piled> alike(int container) {
        Map<Integer, Piled> found = new HashMap<>();
        boolean itself = containers.isLinked(container) || containers.isLiveThreads(container);
        collect(container, itself, found);
        long least = (long) Math.max(1, containers.elements(container) * ALIKE);
        return found.values().stream()
                .filter(piled -> piled.instances() >= least)
                .toList();
    }

    private void collect(int container, boolean itself, Map<Integer, Piled> found) {
        record Open(int node, int depth) {}
        List<Open> open = new ArrayList<>(List.of(new Open(container, 0)));
        while (!open.isEmpty()) {
            Open at = open.removeLast();
            if (at.depth > 0 || itself) {
                int family = trie.family(at.node);
                found.merge(
                        family,
                        new Piled(
                                family,
                                families.name(family),
                                trie.count(at.node),
                                containers.below(at.node),
                                at.depth),
                        (a, b) -> new Piled(
                                family,
                                a.name,
                                a.instances + b.instances,
                                Math.max(a.bytes, b.bytes),
                                Math.min(a.depth, b.depth)));
            }
            for (int child = containers.firstChild(at.node);
                    child >= 0 && at.depth < DEEPEST;
                    child = containers.nextSibling(child)) {
                open.add(new Open(child, at.depth + 1));
            }
        }
    }

    /// Lower is more to blame.
    private int rank(Piled piled, List<Piled> alike) {
        String name = piled.name();
        boolean jdk = Owners.isJdk(name);
        boolean lambda = name.contains("$$Lambda");
        if (!jdk && !name.endsWith("[]")) {
            boolean entry = isEntry(name) && hasContent(piled, alike);
            return entry ? 2 : lambda ? 1 : 0;
        }
        if (!jdk) {
            return 3;
        }
        TypeInfo type = families.example(piled.family());
        return type.kind() != TypeInfo.Kind.INSTANCES && isHeldAsItIs(piled, alike) ? 7 : jdkRank(name, type);
    }

    /// Whether an array of values is itself what was put into the container, not the inside of something that was.
    private boolean isHeldAsItIs(Piled array, List<Piled> alike) {
        return isPrimitiveArray(array.name())
                && alike.stream()
                        .filter(other -> !other.name().endsWith("[]") && other.depth() < array.depth())
                        .allMatch(other -> isEntry(other.name()) || isBoxed(families.example(other.family())));
    }

    private static boolean isPrimitiveArray(String name) {
        return name.endsWith("[]") && name.indexOf('.') < 0 && Character.isLowerCase(name.charAt(0));
    }

    private static boolean isBoxed(TypeInfo type) {
        return type.isA("java.lang.Number") || type.name().equals("java.lang.Object");
    }

    private static boolean isEntry(String name) {
        return ENTRY.matcher(name).matches();
    }

    /// Whether an entry leads to anything better than itself.
    private static boolean hasContent(Piled entry, List<Piled> alike) {
        return alike.stream()
                .anyMatch(other -> other.depth() > entry.depth()
                        && !Owners.isJdk(other.name())
                        && !other.name().endsWith("[]")
                        && !isEntry(other.name()));
    }

    private static int jdkRank(String name, TypeInfo type) {
        if (type.kind() != TypeInfo.Kind.INSTANCES) {
            return name.equals("java.lang.Object[]") ? 12 : 11;
        }
        if (type.isA("java.lang.Thread") || type.isA("java.lang.ClassLoader") || name.equals("java.lang.Class")) {
            return 4;
        }
        if (name.startsWith("java.util.") && isEntry(name)) {
            return 10;
        }
        if (type.isA("java.util.AbstractMap") || type.isA("java.util.AbstractCollection")) {
            return 9;
        }
        boolean plain = name.startsWith("java.lang.") && !name.startsWith("java.lang.ref.");
        return isBoxed(type) ? 8 : plain ? 6 : 5;
    }
}
