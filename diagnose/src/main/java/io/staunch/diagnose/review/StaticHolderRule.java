package io.staunch.diagnose.review;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.util.Optional;

/// A static field that is given an inner class's object or a lambda of `this`, and so holds `this`.
final class StaticHolderRule implements StepRule {
    @Override
    public boolean isWorthALook(MethodCode code, int step) {
        return code.step(step).opcode() == Opcode.PUTSTATIC && !code.isStatic();
    }

    @Override
    public Optional<ReviewFinding.CodeLeak> at(CodeUnit unit, Flow flow, int step) {
        if (!(flow.code().step(step) instanceof FieldInstruction field)) {
            return Optional.empty();
        }
        Kinds kinds = new Kinds(unit.classes());
        for (int origin : flow.operands(step).getLast().origins()) {
            Optional<String> inner = kinds.madeAt(flow, origin).filter(type -> holdsThis(unit, flow, origin, type));
            if (inner.isPresent() || isLambdaOfThis(flow, origin)) {
                String what = inner.map(type -> "an object of the inner class " + CodeUnit.javaName(type))
                        .orElse("a lambda");
                return Optional.of(unit.leak(
                        LeakRule.OBJECT_KEPT_BY_STATIC,
                        Confidence.LIKELY,
                        flow.code(),
                        step,
                        "keeps " + what + " that holds this object in static "
                                + CodeUnit.javaName(field.owner().asInternalName()) + "."
                                + field.name().stringValue()));
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean countsOnce() {
        return true;
    }

    private static boolean holdsThis(CodeUnit unit, Flow flow, int origin, String type) {
        return unit.classes().hasOuterObject(type)
                && flow.uses(origin).stream()
                        .filter(use -> use.operand() == 0)
                        .filter(use -> Call.of(flow.code().step(use.step()))
                                .filter(Call::isConstructor)
                                .isPresent())
                        .anyMatch(use ->
                                flow.operands(use.step()).stream().anyMatch(value -> value.has(Value.parameter(0))));
    }

    private static boolean isLambdaOfThis(Flow flow, int origin) {
        return origin >= 0
                && flow.code().step(origin) instanceof InvokeDynamicInstruction made
                && !made.name().stringValue().startsWith("makeConcat")
                && flow.operands(origin).stream().anyMatch(value -> value.has(Value.parameter(0)));
    }
}
