package io.staunch.diagnose.review;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayDeque;
import java.util.BitSet;

/// The ways through a method on which one opened thing is still open where the method ends. Follows the branch of a
/// comparison with null that can't be taken while it is open as if it were closed.
final class OpenPaths {
    private final Flow flow;
    private final Handling handling;
    private final boolean throwing;
    private final BitSet openAt = new BitSet();
    private boolean leavesByReturn;
    private boolean leavesByThrow;

    /// @param throwing whether the ways that an exception takes are followed, too
    OpenPaths(Flow flow, Handling handling, boolean throwing) {
        this.flow = flow;
        this.handling = handling;
        this.throwing = throwing;
        ArrayDeque<Integer> worklist = new ArrayDeque<>();
        go(handling.opening().openAt(), true, worklist);
        while (!worklist.isEmpty()) {
            visit(worklist.remove(), worklist);
        }
    }

    /// Whether the method can return while it is open.
    boolean leavesByReturn() {
        return leavesByReturn;
    }

    /// Whether an exception can leave the method while it is open.
    boolean leavesByThrow() {
        return leavesByThrow;
    }

    private void visit(int step, ArrayDeque<Integer> worklist) {
        if (handling.closes().contains(step) || handling.handsOn().contains(step)) {
            return;
        }
        Instruction at = flow.code().step(step);
        if (at instanceof ReturnInstruction) {
            leavesByReturn = true;
        }
        if (throwing && mayThrow(step, at)) {
            thrown(step, worklist);
        }
        go(step, false, worklist);
    }

    private void go(int step, boolean opens, ArrayDeque<Integer> worklist) {
        for (int next : flow.code().next(step)) {
            if ((opens || !isNullBranch(step, next)) && !openAt.get(next)) {
                openAt.set(next);
                worklist.add(next);
            }
        }
    }

    private boolean isNullBranch(int step, int next) {
        if (!(flow.code().step(step) instanceof BranchInstruction branch)) {
            return false;
        }
        boolean jumps = next == flow.code().target(branch.target());
        boolean whenNull = switch (branch.opcode()) {
            case IFNULL -> jumps;
            case IFNONNULL -> !jumps;
            case IF_ACMPEQ -> jumps && flow.operands(step).stream().anyMatch(this::isNull);
            case IF_ACMPNE -> !jumps && flow.operands(step).stream().anyMatch(this::isNull);
            default -> false;
        };
        return whenNull && flow.operands(step).stream().anyMatch(handling::isOneOf);
    }

    private boolean isNull(Value value) {
        return value.origins().length == 1
                && value.origins()[0] >= 0
                && flow.code().step(value.origins()[0]).opcode() == Opcode.ACONST_NULL;
    }

    private void thrown(int step, ArrayDeque<Integer> worklist) {
        for (MethodCode.Handler handler : flow.code().handlers()) {
            if (handler.covers(step)) {
                if (!openAt.get(handler.handler())) {
                    openAt.set(handler.handler());
                    worklist.add(handler.handler());
                }
                if (handler.all()) {
                    return;
                }
            }
        }
        leavesByThrow = true;
    }

    /// Calls of the JDK's plain classes throw only what a programmer did wrong; so do constructors of wrappers.
    private boolean mayThrow(int step, Instruction at) {
        if (at instanceof ThrowInstruction) {
            return true;
        }
        if (!(at instanceof InvokeInstruction call)) {
            return false;
        }
        String owner = call.owner().asInternalName();
        boolean plain = owner.startsWith("java/lang/") || owner.startsWith("java/util/");
        boolean wraps = call.name().stringValue().equals("<init>")
                && handling.isOneOf(flow.operands(step).getFirst());
        return !plain && !wraps;
    }
}
