package io.staunch.diagnose.review;

import java.lang.classfile.Opcode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Local variables and operand stack at one step. Stack entries are slots: a `long` or `double` takes two.
final class Frame {
    private final Value[] locals;
    private final List<Value> stack;

    Frame(int locals) {
        this.locals = new Value[locals];
        Arrays.fill(this.locals, Value.NOTHING);
        stack = new ArrayList<>();
    }

    private Frame(Frame other) {
        locals = other.locals.clone();
        stack = new ArrayList<>(other.stack);
    }

    Frame copy() {
        return new Frame(this);
    }

    /// The same variables with a thrown exception as the stack's only entry.
    Frame afterThrow(Value thrown) {
        Frame frame = copy();
        frame.stack.clear();
        frame.stack.add(thrown);
        return frame;
    }

    Value local(int slot) {
        return locals[slot];
    }

    void setLocal(int slot, Value value) {
        locals[slot] = value;
    }

    void push(Value value, int slots) {
        for (int i = 0; i < slots; i++) {
            stack.add(value);
        }
    }

    Value pop(int slots) {
        Value value = Value.NOTHING;
        for (int i = 0; i < slots; i++) {
            value = stack.removeLast();
        }
        return value;
    }

    /// `pop`, `dup` and their kin, which move slots about.
    void shuffle(Opcode opcode) {
        switch (opcode) {
            case POP -> pop(1);
            case POP2 -> pop(2);
            case DUP -> duplicate(1, 0);
            case DUP_X1 -> duplicate(1, 1);
            case DUP_X2 -> duplicate(1, 2);
            case DUP2 -> duplicate(2, 0);
            case DUP2_X1 -> duplicate(2, 1);
            case DUP2_X2 -> duplicate(2, 2);
            case SWAP -> stack.add(stack.size() - 1, stack.removeLast());
            default -> throw new IllegalArgumentException("expected an instruction of the stack, found " + opcode);
        }
    }

    /// Copies the uppermost slots to below what is under them.
    private void duplicate(int slots, int below) {
        List<Value> copied = List.copyOf(stack.subList(stack.size() - slots, stack.size()));
        stack.addAll(stack.size() - slots - below, copied);
    }

    /// What can be here if one or the other came before; whether that is more than was known.
    boolean merge(Frame other) {
        if (stack.size() != other.stack.size()) {
            throw new IllegalArgumentException("expected stacks of one height where paths meet, found " + stack.size()
                    + " and " + other.stack.size());
        }
        boolean more = false;
        for (int i = 0; i < locals.length; i++) {
            Value both = locals[i].or(other.locals[i]);
            more |= !both.equals(locals[i]);
            locals[i] = both;
        }
        for (int i = 0; i < stack.size(); i++) {
            Value both = stack.get(i).or(other.stack.get(i));
            more |= !both.equals(stack.get(i));
            stack.set(i, both);
        }
        return more;
    }
}
