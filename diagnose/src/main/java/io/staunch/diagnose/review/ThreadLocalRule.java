package io.staunch.diagnose.review;

import java.lang.classfile.Opcode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A static thread local that is given a value of a type of its own jar and that nothing ever clears.
final class ThreadLocalRule {
    private ThreadLocalRule() {}

    static boolean isThreadLocal(String type) {
        return type.equals("java/lang/ThreadLocal") || type.equals("java/lang/InheritableThreadLocal");
    }

    static Optional<ReviewFinding.CodeLeak> review(CodeUnit unit, TrackedField field, List<CollectionUse> uses) {
        Kinds kinds = new Kinds(unit.classes());
        boolean cleared = uses.stream()
                .anyMatch(use -> use.is(CollectionUse.Kind.REMOVES)
                        || use.is(CollectionUse.Kind.ESCAPES)
                        || (use.is(CollectionUse.Kind.ADDS) && isNothingOrWhatWasThere(use)));
        if (cleared
                || isGivenBack(uses)
                || field.firstTypeArgument().filter(kinds::isFinite).isPresent()) {
            return Optional.empty();
        }
        boolean ownType = field.firstTypeArgument()
                .filter(type -> !UnitClasses.isPlatform(type))
                .isPresent();
        return uses.stream()
                .filter(use -> use.is(CollectionUse.Kind.ADDS) && !use.initial())
                .filter(use -> ownType || isOwn(kinds, use))
                .findFirst()
                .map(set -> unit.leak(
                        LeakRule.THREAD_LOCAL_NOT_REMOVED,
                        Confidence.LIKELY,
                        set.flow().code(),
                        set.step(),
                        "sets static " + field.javaName() + ", which nothing ever removes"));
    }

    /// Whether one method sets it and another sets what it is told to, as an end that restores what was there does.
    private static boolean isGivenBack(List<CollectionUse> uses) {
        List<CollectionUse> sets =
                uses.stream().filter(use -> use.is(CollectionUse.Kind.ADDS)).toList();
        long methods =
                sets.stream().map(set -> set.flow().code().method()).distinct().count();
        boolean byParameter = sets.stream()
                .flatMapToInt(set -> Arrays.stream(set.element().origins()))
                .anyMatch(origin -> origin < 0);
        return methods > 1 && byParameter;
    }

    private static boolean isOwn(Kinds kinds, CollectionUse set) {
        for (int origin : set.element().origins()) {
            if (kinds.typeOf(set.flow(), origin)
                    .filter(type -> type.indexOf('/') > 0 && !type.startsWith("[") && !UnitClasses.isPlatform(type))
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    /// Whether it sets null, or what the thread had before.
    private static boolean isNothingOrWhatWasThere(CollectionUse set) {
        for (int origin : set.element().origins()) {
            boolean nothing = origin >= 0 && set.flow().code().step(origin).opcode() == Opcode.ACONST_NULL;
            boolean before = origin >= 0
                    && Call.of(set.flow().code().step(origin))
                            .filter(call ->
                                    isThreadLocal(call.owner()) && call.name().equals("get"))
                            .isPresent();
            if (nothing || before) {
                return true;
            }
        }
        return false;
    }
}
