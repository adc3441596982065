package io.staunch.diagnose.review;

import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the values of a method come from and where they go: a forward data flow analysis over its steps, each value
/// being the set of steps that can have made it. Casts, copies and variables keep a value's origin. Nothing is followed
/// into other methods. Costs a few passes over the method; what it keeps is proportional to steps times variables.
final class Flow {
    /// A value taken by a step, as its operand of this number: a call's receiver first, then its arguments.
    record Use(int step, int operand) {}

    private final MethodCode code;
    private final @Nullable Frame[] frames;
    private final Value[][] operands;
    private final Map<Integer, List<Use>> uses = new HashMap<>();
    private List<Value> taken = new ArrayList<>();

    /// @throws IllegalArgumentException      if the code is damaged
    /// @throws IndexOutOfBoundsException     if the code is damaged
    Flow(MethodCode code) {
        this.code = code;
        frames = new Frame[code.size()];
        operands = new Value[code.size()][];
        Arrays.fill(operands, new Value[0]);
        run();
        for (int step = 0; step < operands.length; step++) {
            for (int operand = 0; operand < operands[step].length; operand++) {
                for (int origin : operands[step][operand].origins()) {
                    uses.computeIfAbsent(origin, _ -> new ArrayList<>()).add(new Use(step, operand));
                }
            }
        }
    }

    MethodCode code() {
        return code;
    }

    boolean isReached(int step) {
        return frames[step] != null;
    }

    List<Value> operands(int step) {
        return List.of(operands[step]);
    }

    /// Everything that is done with what a step made.
    List<Use> uses(int origin) {
        return uses.getOrDefault(origin, List.of());
    }

    private void run() {
        Worklist worklist = new Worklist();
        frames[0] = entry();
        worklist.add(0);
        while (!worklist.isEmpty()) {
            int step = worklist.poll();
            Frame before = frameAt(step);
            for (MethodCode.Handler handler : code.handlers()) {
                if (handler.covers(step)) {
                    reach(handler.handler(), before.afterThrow(Value.NOTHING), worklist);
                }
            }
            Frame after = before.copy();
            taken = new ArrayList<>();
            perform(step, after);
            operands[step] = taken.toArray(new Value[0]);
            for (int next : code.next(step)) {
                reach(next, after, worklist);
            }
        }
    }

    /// Steps that wait to be looked at, each once.
    private static final class Worklist {
        private final ArrayDeque<Integer> steps = new ArrayDeque<>();
        private final BitSet waiting = new BitSet();

        void add(int step) {
            if (!waiting.get(step)) {
                waiting.set(step);
                steps.add(step);
            }
        }

        int poll() {
            int step = steps.remove();
            waiting.clear(step);
            return step;
        }

        boolean isEmpty() {
            return steps.isEmpty();
        }
    }

    private Frame frameAt(int step) {
        Frame frame = frames[step];
        if (frame == null) {
            throw new IllegalArgumentException("expected a step that was reached, found " + step);
        }
        return frame;
    }

    private void reach(int step, Frame frame, Worklist worklist) {
        Frame known = frames[step];
        if (known == null) {
            frames[step] = frame.copy();
            worklist.add(step);
        } else if (known.merge(frame)) {
            worklist.add(step);
        }
    }

    private Frame entry() {
        Frame frame = new Frame(code.locals());
        int slot = 0;
        if (!code.isStatic()) {
            frame.setLocal(0, Value.of(Value.parameter(0)));
            slot = 1;
        }
        for (ClassDesc type : code.method().methodTypeSymbol().parameterList()) {
            frame.setLocal(slot, Value.of(Value.parameter(slot)));
            slot += slots(type);
        }
        return frame;
    }

    private static int slots(ClassDesc type) {
        return TypeKind.from(type).slotSize();
    }

    private void perform(int step, Frame frame) {
        switch (code.step(step)) {
            case LoadInstruction load ->
                frame.push(frame.local(load.slot()), load.typeKind().slotSize());
            case StoreInstruction store ->
                frame.setLocal(store.slot(), frame.pop(store.typeKind().slotSize()));
            case StackInstruction stack -> frame.shuffle(stack.opcode());
            case TypeCheckInstruction check -> check(check, step, frame);
            case ConstantInstruction constant ->
                frame.push(Value.of(step), constant.typeKind().slotSize());
            case NewObjectInstruction _ -> frame.push(Value.of(step), 1);
            case NewPrimitiveArrayInstruction _, NewReferenceArrayInstruction _ -> replace(step, frame, 1, 1);
            case NewMultiArrayInstruction array -> replace(step, frame, array.dimensions(), 1);
            case FieldInstruction field -> field(field, step, frame);
            case InvokeInstruction call -> call(call.typeSymbol(), call.opcode() != Opcode.INVOKESTATIC, step, frame);
            case InvokeDynamicInstruction call -> call(call.typeSymbol(), false, step, frame);
            case ArrayLoadInstruction load -> {
                frame.pop(1);
                taken.add(frame.pop(1));
                frame.push(Value.of(step), load.typeKind().slotSize());
            }
            case ArrayStoreInstruction store -> store(store, frame);
            case OperatorInstruction operator -> operator(operator, step, frame);
            case ConvertInstruction convert ->
                replace(
                        step,
                        frame,
                        convert.fromType().slotSize(),
                        convert.toType().slotSize());
            case ReturnInstruction back -> {
                if (back.typeKind() != TypeKind.VOID) {
                    taken.add(frame.pop(back.typeKind().slotSize()));
                }
            }
            case BranchInstruction branch -> branch(branch, frame);
            case ThrowInstruction _, MonitorInstruction _, TableSwitchInstruction _, LookupSwitchInstruction _ ->
                taken.add(frame.pop(1));
            case IncrementInstruction _, NopInstruction _ -> {}
            case DiscontinuedInstruction _ -> throw new IllegalArgumentException("expected no subroutine, found one");
            default -> throw new IllegalArgumentException("expected an instruction, found " + code.step(step));
        }
    }

    /// Something new in place of the uppermost slots.
    private static void replace(int step, Frame frame, int popped, int pushed) {
        frame.pop(popped);
        frame.push(Value.of(step), pushed);
    }

    private void store(ArrayStoreInstruction store, Frame frame) {
        Value value = frame.pop(store.typeKind().slotSize());
        frame.pop(1);
        taken.add(frame.pop(1));
        taken.add(value);
    }

    private void check(TypeCheckInstruction check, int step, Frame frame) {
        Value value = frame.pop(1);
        taken.add(value);
        frame.push(check.opcode() == Opcode.CHECKCAST ? value : Value.of(step), 1);
    }

    private void field(FieldInstruction field, int step, Frame frame) {
        int slots = slots(field.typeSymbol());
        boolean put = field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.PUTSTATIC;
        boolean ofObject = field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.GETFIELD;
        Value value = put ? frame.pop(slots) : Value.NOTHING;
        if (ofObject) {
            taken.add(frame.pop(1));
        }
        if (put) {
            taken.add(value);
        } else {
            frame.push(Value.of(step), slots);
        }
    }

    private void call(MethodTypeDesc type, boolean hasReceiver, int step, Frame frame) {
        List<Value> arguments = new ArrayList<>();
        for (ClassDesc parameter : type.parameterList().reversed()) {
            arguments.addFirst(frame.pop(slots(parameter)));
        }
        if (hasReceiver) {
            arguments.addFirst(frame.pop(1));
        }
        taken.addAll(arguments);
        frame.push(Value.of(step), slots(type.returnType()));
    }

    private static void operands(Frame frame, int count, int slots) {
        for (int i = 0; i < count; i++) {
            frame.pop(slots);
        }
    }

    private void operator(OperatorInstruction operator, int step, Frame frame) {
        int slots = operator.typeKind().slotSize();
        switch (operator.opcode()) {
            case INEG, LNEG, FNEG, DNEG -> operands(frame, 1, slots);
            case LSHL, LSHR, LUSHR -> {
                frame.pop(1);
                frame.pop(2);
            }
            case ARRAYLENGTH -> taken.add(frame.pop(1));
            case LCMP -> operands(frame, 2, 2);
            case DCMPL, DCMPG -> operands(frame, 2, 2);
            case FCMPL, FCMPG -> operands(frame, 2, 1);
            default -> operands(frame, 2, slots);
        }
        frame.push(Value.of(step), resultSlots(operator, slots));
    }

    private static int resultSlots(OperatorInstruction operator, int slots) {
        return switch (operator.opcode()) {
            case ARRAYLENGTH, LCMP, DCMPL, DCMPG, FCMPL, FCMPG -> 1;
            default -> slots;
        };
    }

    private void branch(BranchInstruction branch, Frame frame) {
        switch (branch.opcode()) {
            case GOTO, GOTO_W -> {}
            case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPGE, IF_ICMPGT, IF_ICMPLE, IF_ACMPEQ, IF_ACMPNE -> {
                Value second = frame.pop(1);
                taken.add(frame.pop(1));
                taken.add(second);
            }
            default -> taken.add(frame.pop(1));
        }
    }
}
