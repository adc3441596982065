package io.staunch.diagnose.review;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/// A method's instructions, numbered from zero as steps, with their lines, where each can go on, and its handlers.
final class MethodCode {
    private static final int NO_LINE = -1;

    /// Steps from `from` to before `to` go on at `handler` after an exception.
    ///
    /// @param all whether it catches whatever is thrown
    record Handler(int from, int to, int handler, boolean all) {
        boolean covers(int step) {
            return step >= from && step < to;
        }
    }

    private final ClassModel type;
    private final MethodModel method;
    private final int locals;
    private final List<Instruction> steps = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private final Map<Label, Integer> targets = new HashMap<>();
    private final List<Handler> handlers = new ArrayList<>();

    /// @throws IllegalArgumentException if the class file is damaged
    MethodCode(ClassModel type, MethodModel method, CodeModel code) {
        this.type = type;
        this.method = method;
        locals = method.findAttribute(Attributes.code()).orElseThrow().maxLocals();
        int line = NO_LINE;
        for (CodeElement element : code.elementList()) {
            switch (element) {
                case LineNumber number -> line = number.line();
                case LabelTarget target -> targets.put(target.label(), steps.size());
                case Instruction instruction -> {
                    steps.add(instruction);
                    lines.add(line);
                }
                default -> {} // what debuggers need
            }
        }
        for (ExceptionCatch caught : code.exceptionHandlers()) {
            boolean all = caught.catchType()
                    .map(name -> name.asInternalName().equals("java/lang/Throwable"))
                    .orElse(true);
            handlers.add(
                    new Handler(target(caught.tryStart()), target(caught.tryEnd()), target(caught.handler()), all));
        }
    }

    ClassModel type() {
        return type;
    }

    MethodModel method() {
        return method;
    }

    String name() {
        return method.methodName().stringValue();
    }

    boolean isStatic() {
        return method.flags().has(AccessFlag.STATIC);
    }

    /// Slots for local variables.
    int locals() {
        return locals;
    }

    int size() {
        return steps.size();
    }

    Instruction step(int i) {
        return steps.get(i);
    }

    OptionalInt line(int step) {
        int line = lines.get(step);
        return line == NO_LINE ? OptionalInt.empty() : OptionalInt.of(line);
    }

    List<Handler> handlers() {
        return handlers;
    }

    /// Whether it has subroutines, as compilers before Java 6 made them: these are not followed.
    boolean hasSubroutines() {
        return steps.stream().anyMatch(DiscontinuedInstruction.class::isInstance);
    }

    int target(Label label) {
        return Objects.requireNonNull(targets.get(label), "a label that is nowhere");
    }

    /// Where a step goes on without an exception.
    List<Integer> next(int step) {
        List<Integer> next = new ArrayList<>();
        switch (steps.get(step)) {
            case ReturnInstruction _, ThrowInstruction _ -> {}
            case BranchInstruction branch -> {
                next.add(target(branch.target()));
                if (branch.opcode() != Opcode.GOTO && branch.opcode() != Opcode.GOTO_W) {
                    next.add(step + 1);
                }
            }
            case TableSwitchInstruction table -> cases(next, table.defaultTarget(), table.cases());
            case LookupSwitchInstruction lookup -> cases(next, lookup.defaultTarget(), lookup.cases());
            default -> next.add(step + 1);
        }
        return next;
    }

    private void cases(List<Integer> next, Label otherwise, List<SwitchCase> cases) {
        next.add(target(otherwise));
        cases.forEach(one -> next.add(target(one.target())));
    }
}
