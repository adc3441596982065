package io.staunch.diagnose.review;

import java.lang.classfile.instruction.ConstantInstruction;
import java.util.Optional;
import java.util.Set;

/// Sessions of the servlet API, and of servers that implement it, that are told never to expire.
final class SessionRule implements StepRule {
    private static final Set<String> TIMEOUTS = Set.of("setMaxInactiveInterval", "setSessionTimeout");

    @Override
    public boolean isWorthALook(MethodCode code, int step) {
        return Call.of(code.step(step))
                .filter(call -> TIMEOUTS.contains(call.name()) && !call.isStatic())
                .filter(call ->
                        call.type().parameterCount() == 1 && call.parameter(0).equals("I"))
                .isPresent();
    }

    @Override
    public Optional<ReviewFinding.CodeLeak> at(CodeUnit unit, Flow flow, int step) {
        Call call = Call.of(flow.code().step(step)).orElseThrow();
        return constant(flow, flow.operands(step).getLast())
                .filter(length -> length <= 0)
                .map(length -> unit.leak(
                        LeakRule.SESSION_NEVER_EXPIRES,
                        Confidence.CERTAIN,
                        flow.code(),
                        step,
                        "calls " + call.name() + "(" + length + ") of " + CodeUnit.javaName(call.owner())));
    }

    @Override
    public boolean countsOnce() {
        return true;
    }

    private static Optional<Integer> constant(Flow flow, Value value) {
        return value.origins().length == 1
                        && value.origins()[0] >= 0
                        && flow.code().step(value.origins()[0]) instanceof ConstantInstruction constant
                        && constant.constantValue() instanceof Integer number
                ? Optional.of(number)
                : Optional.empty();
    }
}
