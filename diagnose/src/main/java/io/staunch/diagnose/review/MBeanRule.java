package io.staunch.diagnose.review;

import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.util.Optional;

/// MBeans under names that are put together as the code runs, in a jar that never takes one back.
final class MBeanRule implements StepRule {
    private static final String SERVER = "javax/management/MBeanServer";
    private static final String NAME = "javax/management/ObjectName";

    @Override
    public boolean isWorthALook(MethodCode code, int step) {
        return Call.of(code.step(step))
                .filter(call -> call.is(SERVER, "registerMBean"))
                .isPresent();
    }

    @Override
    public Optional<ReviewFinding.CodeLeak> at(CodeUnit unit, Flow flow, int step) {
        boolean changing = isPutTogether(flow, flow.operands(step).getLast());
        boolean takenBack =
                unit.classes().all().stream().anyMatch(type -> unit.classes().calls(type, SERVER, "unregisterMBean"));
        return changing && !takenBack
                ? Optional.of(unit.leak(
                        LeakRule.MBEAN_NOT_UNREGISTERED,
                        Confidence.LIKELY,
                        flow.code(),
                        step,
                        "registers an MBean under a name of its own making, which nothing here unregisters"))
                : Optional.empty();
    }

    @Override
    public boolean countsOnce() {
        return false;
    }

    private static boolean isPutTogether(Flow flow, Value name) {
        for (int origin : name.origins()) {
            if (origin >= 0 && (isMadeOfChangingText(flow, origin) || isNamedByChangingText(flow, origin))) {
                return true;
            }
        }
        return false;
    }

    /// `new ObjectName("a" + b)`
    private static boolean isMadeOfChangingText(Flow flow, int origin) {
        return flow.uses(origin).stream()
                .filter(use -> use.operand() == 0)
                .filter(use -> Call.of(flow.code().step(use.step()))
                        .filter(call -> call.is(NAME, "<init>"))
                        .isPresent())
                .anyMatch(use -> isChangingText(flow, flow.operands(use.step()).get(1)));
    }

    /// `ObjectName.getInstance("a" + b)`
    private static boolean isNamedByChangingText(Flow flow, int origin) {
        return Call.of(flow.code().step(origin))
                .filter(call -> call.is(NAME, "getInstance"))
                .filter(_ -> isChangingText(flow, flow.operands(origin).getFirst()))
                .isPresent();
    }

    private static boolean isChangingText(Flow flow, Value text) {
        for (int origin : text.origins()) {
            if (origin >= 0) {
                boolean joined = flow.code().step(origin) instanceof InvokeDynamicInstruction
                        || Call.of(flow.code().step(origin))
                                .filter(call -> call.is("java/lang/StringBuilder", "toString")
                                        || call.is("java/lang/String", "format"))
                                .isPresent();
                if (joined) {
                    return true;
                }
            }
        }
        return false;
    }
}
