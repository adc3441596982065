package io.staunch.diagnose.review;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a method does with a collection that it read from a field: with itself, its views and its iterators.
final class CollectionUses {
    private static final Set<String> ADDERS = Set.of(
            "put",
            "putIfAbsent",
            "putAll",
            "putFirst",
            "putLast",
            "computeIfAbsent",
            "add",
            "addAll",
            "addFirst",
            "addLast",
            "addElement",
            "addIfAbsent",
            "addAllAbsent",
            "insertElementAt",
            "offer",
            "offerFirst",
            "offerLast",
            "push");
    private static final Set<String> REMOVERS = Set.of(
            "remove",
            "removeIf",
            "removeAll",
            "removeFirst",
            "removeLast",
            "removeElement",
            "removeElementAt",
            "removeAllElements",
            "removeRange",
            "removeFirstOccurrence",
            "removeLastOccurrence",
            "retainAll",
            "clear",
            "poll",
            "pollFirst",
            "pollLast",
            "pollFirstEntry",
            "pollLastEntry",
            "pop",
            "take",
            "takeFirst",
            "takeLast",
            "drainTo",
            "setSize",
            // these remove where their function returns null
            "compute",
            "computeIfPresent",
            "merge");
    private static final Set<String> VIEWS = Set.of(
            "keySet",
            "values",
            "entrySet",
            "iterator",
            "listIterator",
            "descendingIterator",
            "subList",
            "descendingMap",
            "descendingSet",
            "descendingKeySet",
            "navigableKeySet",
            "headMap",
            "tailMap",
            "subMap",
            "headSet",
            "tailSet",
            "subSet",
            "reversed",
            "sequencedKeySet",
            "sequencedValues",
            "sequencedEntrySet");
    private static final Set<String> COPYING_STATICS =
            Set.of("java/util/List", "java/util/Set", "java/util/Map", "java/lang/String", "java/util/Objects");

    private final Flow flow;
    private final UnitClasses classes;
    private final boolean initial;
    private final List<CollectionUse> uses = new ArrayList<>();

    private CollectionUses(Flow flow, UnitClasses classes, boolean initial) {
        this.flow = flow;
        this.classes = classes;
        this.initial = initial;
    }

    /// @param origin  the step that read the field
    /// @param initial whether the method runs only while the class or object is made
    static List<CollectionUse> of(Flow flow, UnitClasses classes, int origin, boolean initial) {
        CollectionUses found = new CollectionUses(flow, classes, initial);
        Set<Integer> seen = new HashSet<>();
        ArrayDeque<Integer> open = new ArrayDeque<>(Set.of(origin));
        while (!open.isEmpty()) {
            int value = open.remove();
            if (seen.add(value)) {
                flow.uses(value).forEach(use -> found.look(use, open));
            }
        }
        return found.uses;
    }

    private void look(Flow.Use use, ArrayDeque<Integer> open) {
        Instruction at = flow.code().step(use.step());
        Optional<Call> called = Call.of(at);
        if (called.isPresent()) {
            Call call = called.get();
            if (!call.isStatic() && use.operand() == 0) {
                received(call, use.step(), open);
            } else {
                passed(call, use, open);
            }
            return;
        }
        switch (at) {
            case InvokeDynamicInstruction dynamic ->
                add(
                        dynamic.name().stringValue().startsWith("makeConcat")
                                ? CollectionUse.Kind.READS
                                : CollectionUse.Kind.ESCAPES,
                        use.step());
            case FieldInstruction field ->
                add(
                        field.opcode() == Opcode.PUTSTATIC || (field.opcode() == Opcode.PUTFIELD && use.operand() == 1)
                                ? CollectionUse.Kind.ESCAPES
                                : CollectionUse.Kind.READS,
                        use.step());
            case ArrayStoreInstruction _, ReturnInstruction _, ThrowInstruction _ ->
                add(CollectionUse.Kind.ESCAPES, use.step());
            default -> add(CollectionUse.Kind.READS, use.step());
        }
    }

    private void add(CollectionUse.Kind kind, int step) {
        uses.add(new CollectionUse(flow, step, kind, initial, Value.NOTHING));
    }

    private void received(Call call, int step, ArrayDeque<Integer> open) {
        if (isAdder(call)) {
            List<Value> operands = flow.operands(step);
            boolean byIndex = call.parameter(0).equals("I") && operands.size() > 2;
            Value element = operands.size() < 2 ? Value.NOTHING : operands.get(byIndex ? 2 : 1);
            uses.add(new CollectionUse(flow, step, CollectionUse.Kind.ADDS, initial, element));
        } else if (REMOVERS.contains(call.name())) {
            add(CollectionUse.Kind.REMOVES, step);
        } else if (call.name().equals("size")
                || call.name().equals("mappingCount")
                || call.name().equals("isEmpty")) {
            add(CollectionUse.Kind.MEASURES, step);
        } else if (VIEWS.contains(call.name())) {
            open.add(step);
        } else {
            add(CollectionUse.Kind.READS, step);
        }
    }

    private static boolean isAdder(Call call) {
        return ADDERS.contains(call.name())
                || (call.name().equals("set") && ThreadLocalRule.isThreadLocal(call.owner()));
    }

    /// Given as an argument: to what copies or wraps it, or away.
    private void passed(Call call, Flow.Use use, ArrayDeque<Integer> open) {
        if (call.owner().equals("java/util/Collections")) {
            if (call.name().startsWith("synchronized") || call.name().startsWith("checked")) {
                open.add(use.step());
            } else {
                add(call.name().equals("addAll") ? CollectionUse.Kind.ADDS : CollectionUse.Kind.READS, use.step());
            }
        } else if (call.owner().equals("java/util/Objects") && call.name().startsWith("requireNonNull")) {
            open.add(use.step());
        } else {
            add(isCopied(call) ? CollectionUse.Kind.READS : CollectionUse.Kind.ESCAPES, use.step());
        }
    }

    private boolean isCopied(Call call) {
        boolean platform = UnitClasses.isPlatform(call.owner());
        boolean intoOther = call.name().equals("addAll")
                || call.name().equals("putAll")
                || call.name().equals("equals");
        boolean copy = call.isConstructor()
                && platform
                && (classes.isA(call.owner(), "java/util/Collection") || classes.isA(call.owner(), "java/util/Map"));
        return copy
                || (platform && intoOther)
                || COPYING_STATICS.contains(call.owner())
                || call.owner().equals("java/lang/StringBuilder");
    }
}
