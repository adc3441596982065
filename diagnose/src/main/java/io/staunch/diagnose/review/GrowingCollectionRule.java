package io.staunch.diagnose.review;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A collection in a field of something that lives as long as the process: it is added to after the start, and nothing
/// that can reach it ever removes from it.
final class GrowingCollectionRule {
    private static final Set<String> UNBOUNDED = Set.of(
            "java/util/HashMap",
            "java/util/LinkedHashMap",
            "java/util/TreeMap",
            "java/util/Hashtable",
            "java/util/IdentityHashMap",
            "java/util/concurrent/ConcurrentHashMap",
            "java/util/concurrent/ConcurrentSkipListMap",
            "java/util/ArrayList",
            "java/util/LinkedList",
            "java/util/Vector",
            "java/util/ArrayDeque",
            "java/util/HashSet",
            "java/util/LinkedHashSet",
            "java/util/TreeSet",
            "java/util/concurrent/ConcurrentSkipListSet",
            "java/util/concurrent/CopyOnWriteArrayList",
            "java/util/concurrent/CopyOnWriteArraySet",
            "java/util/concurrent/ConcurrentLinkedQueue",
            "java/util/concurrent/ConcurrentLinkedDeque",
            "java/util/concurrent/LinkedBlockingQueue",
            "java/util/concurrent/LinkedBlockingDeque");
    private static final Set<String> GUAVA_MAKERS = Set.of(
            "com/google/common/collect/Maps",
            "com/google/common/collect/Sets",
            "com/google/common/collect/Lists",
            "com/google/common/collect/Queues");

    private final CodeUnit unit;
    private final TrackedField field;
    private final List<CollectionUse> uses;
    private final Kinds kinds;

    private GrowingCollectionRule(CodeUnit unit, TrackedField field, List<CollectionUse> uses) {
        this.unit = unit;
        this.field = field;
        this.uses = uses;
        kinds = new Kinds(unit.classes());
    }

    static boolean isCollection(UnitClasses classes, String type) {
        return UnitClasses.isPlatform(type)
                && (classes.isA(type, "java/util/Map") || classes.isA(type, "java/util/Collection"));
    }

    static Optional<ReviewFinding.CodeLeak> review(CodeUnit unit, TrackedField field, List<CollectionUse> uses) {
        return new GrowingCollectionRule(unit, field, uses).leak();
    }

    private Optional<ReviewFinding.CodeLeak> leak() {
        if (has(CollectionUse.Kind.REMOVES) || has(CollectionUse.Kind.ESCAPES) || !startsUnbounded()) {
            return Optional.empty();
        }
        if (field.firstTypeArgument().filter(kinds::isFinite).isPresent() && isKeyed()) {
            return Optional.empty();
        }
        List<CollectionUse> adds = uses.stream()
                .filter(use -> use.is(CollectionUse.Kind.ADDS) && !use.initial())
                .filter(use -> !isKeyed() || !kinds.isFinite(use.flow(), use.element()))
                .filter(use -> !isMeasuredAt(use))
                .toList();
        return adds.stream().findFirst().map(add -> told(add, adds.stream().anyMatch(this::isFresh)));
    }

    private boolean has(CollectionUse.Kind kind) {
        return uses.stream().anyMatch(use -> use.is(kind));
    }

    /// Whether adding the same twice keeps one.
    private boolean isKeyed() {
        return unit.classes().isA(field.type(), "java/util/Map")
                || unit.classes().isA(field.type(), "java/util/Set");
    }

    /// Whether it is made where its class or object is, as a collection that never drops anything, and stays that one.
    private boolean startsUnbounded() {
        List<CollectionUse> assigned =
                uses.stream().filter(use -> use.is(CollectionUse.Kind.ASSIGNS)).toList();
        return !assigned.isEmpty()
                && assigned.stream().allMatch(use -> use.initial() && isUnbounded(use.flow(), use.element()));
    }

    private boolean isUnbounded(Flow flow, Value made) {
        for (int origin : made.origins()) {
            if (origin < 0 || !isUnbounded(flow, origin)) {
                return false;
            }
        }
        return made.origins().length > 0;
    }

    private boolean isUnbounded(Flow flow, int origin) {
        Optional<String> type = kinds.madeAt(flow, origin);
        if (type.isPresent()) {
            boolean queue = type.get().startsWith("java/util/concurrent/LinkedBlocking");
            return UNBOUNDED.contains(type.get()) && !(queue && kinds.constructorTakes(flow, origin, "I"));
        }
        return Call.of(flow.code().step(origin))
                .filter(call -> isUnbounded(flow, origin, call))
                .isPresent();
    }

    private boolean isUnbounded(Flow flow, int origin, Call call) {
        if (call.owner().equals("java/util/Collections")) {
            boolean wraps =
                    call.name().startsWith("synchronized") || call.name().equals("newSetFromMap");
            return wraps && isUnbounded(flow, flow.operands(origin).getFirst());
        }
        boolean guava = GUAVA_MAKERS.contains(call.owner()) && call.name().startsWith("new");
        return guava || call.is("java/util/concurrent/ConcurrentHashMap", "newKeySet");
    }

    /// Whether the method that adds asks for the size first, which may be a bound.
    private boolean isMeasuredAt(CollectionUse add) {
        return uses.stream()
                .anyMatch(use -> use.is(CollectionUse.Kind.MEASURES)
                        && use.flow().code() == add.flow().code());
    }

    /// Whether each run of the step adds another one for certain: an object made there and then.
    private boolean isFresh(CollectionUse add) {
        return kinds.isFresh(add.flow(), add.element());
    }

    private ReviewFinding.CodeLeak told(CollectionUse add, boolean fresh) {
        String kind = field.type().substring(field.type().lastIndexOf('/') + 1);
        return unit.leak(
                field.isStatic() ? LeakRule.STATIC_COLLECTION_GROWS : LeakRule.SINGLETON_COLLECTION_GROWS,
                fresh ? Confidence.CERTAIN : Confidence.LIKELY,
                add.flow().code(),
                add.step(),
                "adds to " + (field.isStatic() ? "static " : "") + field.javaName() + " (" + kind
                        + "), from which nothing is ever removed");
    }
}
