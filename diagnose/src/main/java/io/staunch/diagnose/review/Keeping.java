package io.staunch.diagnose.review;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Whether a method keeps something beyond its own end, or something that it got out of it: in a field, by returning it
/// or by giving it to somebody who may.
final class Keeping {
    private final Flow flow;
    private boolean kept;

    Keeping(Flow flow, int origin) {
        this.flow = flow;
        Set<Integer> seen = new HashSet<>();
        ArrayDeque<Integer> open = new ArrayDeque<>(Set.of(origin));
        while (!open.isEmpty()) {
            int value = open.remove();
            if (seen.add(value)) {
                flow.uses(value).forEach(use -> look(use, open));
            }
        }
    }

    boolean isKept() {
        return kept;
    }

    private void look(Flow.Use use, ArrayDeque<Integer> open) {
        Instruction at = flow.code().step(use.step());
        Optional<Call> call = Call.of(at);
        if (call.isPresent()) {
            if (!call.get().isStatic() && use.operand() == 0) {
                if (!call.get().type().returnType().isPrimitive()) {
                    open.add(use.step());
                }
            } else {
                kept = true;
            }
            return;
        }
        kept |= switch (at) {
            case FieldInstruction field ->
                field.opcode() == Opcode.PUTSTATIC || (field.opcode() == Opcode.PUTFIELD && use.operand() == 1);
            case ArrayStoreInstruction _, ReturnInstruction _, InvokeDynamicInstruction _ -> true;
            default -> false;
        };
    }
}
