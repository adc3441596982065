package io.staunch.diagnose.review;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a method does with something it opened: all values that stand for it (wrappers, streams derived from it), and
/// the steps that close it or hand it on to somebody who may.
final class Handling {
    private static final Map<String, Set<String>> ONLY_READS_ITS_ARGUMENT = Map.ofEntries(
            Map.entry("java/util/Properties", Set.of("load", "store")),
            Map.entry("java/io/InputStream", Set.of("transferTo")),
            Map.entry("java/io/Reader", Set.of("transferTo")),
            Map.entry("java/nio/file/Files", Set.of("copy")),
            Map.entry("javax/imageio/ImageIO", Set.of("read", "write")),
            Map.entry("java/security/KeyStore", Set.of("load", "store")),
            Map.entry("java/security/cert/CertificateFactory", Set.of("generateCertificate", "generateCertificates")),
            Map.entry("java/util/jar/Manifest", Set.of("<init>", "read", "write")),
            Map.entry("java/util/PropertyResourceBundle", Set.of("<init>")),
            Map.entry("java/lang/String", Set.of("valueOf")),
            Map.entry("java/lang/StringBuilder", Set.of("append")),
            Map.entry("java/util/Objects", Set.of("requireNonNull", "isNull", "nonNull", "equals", "hash")));
    private static final Set<String> SAME_THING = Set.of("getChannel", "getInputStream", "getOutputStream");

    private final Flow flow;
    private final UnitClasses classes;
    private final Opening opening;
    private final Set<Integer> aliases = new TreeSet<>();
    private final Set<Integer> dependents = new TreeSet<>();
    private final Set<Integer> closes = new TreeSet<>();
    private final Set<Integer> handsOn = new TreeSet<>();

    Handling(Flow flow, UnitClasses classes, Opening opening) {
        this.flow = flow;
        this.classes = classes;
        this.opening = opening;
        ArrayDeque<Integer> open = new ArrayDeque<>(Set.of(opening.origin()));
        while (!open.isEmpty()) {
            int alias = open.remove();
            if (aliases.add(alias)) {
                flow.uses(alias).forEach(use -> look(use, open));
            }
        }
        for (int dependent : dependents) {
            for (Flow.Use use : flow.uses(dependent)) {
                if (isHandedOn(use)) {
                    handsOn.add(use.step());
                }
            }
        }
    }

    Opening opening() {
        return opening;
    }

    /// Steps that close it.
    Set<Integer> closes() {
        return closes;
    }

    /// Steps that return it, keep it in a field or pass it to a method that may close it.
    Set<Integer> handsOn() {
        return handsOn;
    }

    boolean isOneOf(Value value) {
        return aliases.stream().anyMatch(value::has);
    }

    private void look(Flow.Use use, ArrayDeque<Integer> open) {
        Optional<Call> called = Call.of(flow.code().step(use.step()));
        if (called.isPresent()) {
            Call call = called.get();
            if (!call.isStatic() && use.operand() == 0) {
                received(call, use.step(), open);
            } else if (isWrapper(call)) {
                for (int wrapper : flow.operands(use.step()).getFirst().origins()) {
                    open.add(wrapper);
                }
            } else if (call.is("java/util/Objects", "requireNonNull")
                    || call.owner().equals("java/nio/channels/Channels")) {
                open.add(use.step());
            } else if (isHandedOn(use)) {
                handsOn.add(use.step());
            }
        } else if (isHandedOn(use)) {
            handsOn.add(use.step());
        }
    }

    private void received(Call call, int step, ArrayDeque<Integer> open) {
        if (opening.kind().closes(call.name())) {
            closes.add(step);
        } else if (isStreamOfStream(call)
                || returnsItself(call)
                || (SAME_THING.contains(call.name()) && !call.owner().startsWith("java/util/"))) {
            open.add(step);
        } else if (call.returns().startsWith("java/sql/")) {
            dependents.add(step);
        }
    }

    /// `append` of a writer, `position` of a channel
    private boolean returnsItself(Call call) {
        return UnitClasses.isPlatform(call.returns())
                && classes.isA(call.owner(), call.returns())
                && classes.isA(call.returns(), "java/lang/AutoCloseable");
    }

    private static boolean isStreamOfStream(Call call) {
        return call.owner().startsWith("java/util/stream/") && call.returns().startsWith("java/util/stream/");
    }

    /// Whether the call makes a stream of the JDK's around it, which closes what it wraps.
    private boolean isWrapper(Call call) {
        return call.isConstructor()
                && UnitClasses.isPlatform(call.owner())
                && classes.isA(call.owner(), "java/lang/AutoCloseable");
    }

    private boolean isHandedOn(Flow.Use use) {
        Instruction at = flow.code().step(use.step());
        Optional<Call> call = Call.of(at);
        if (call.isPresent()) {
            boolean received = !call.get().isStatic() && use.operand() == 0;
            return !received
                    && !ONLY_READS_ITS_ARGUMENT
                            .getOrDefault(call.get().owner(), Set.of())
                            .contains(call.get().name());
        }
        return switch (at) {
            case InvokeDynamicInstruction dynamic ->
                !dynamic.name().stringValue().startsWith("makeConcat");
            case FieldInstruction field ->
                field.opcode() == Opcode.PUTSTATIC || (field.opcode() == Opcode.PUTFIELD && use.operand() == 1);
            case ArrayStoreInstruction _ -> use.operand() == 1;
            case ReturnInstruction _, ThrowInstruction _ -> true;
            default -> false;
        };
    }
}
