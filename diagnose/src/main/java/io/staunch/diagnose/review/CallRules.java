package io.staunch.diagnose.review;

import java.lang.classfile.instruction.ConstantInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Rules about single calls: sessions without an end, what is registered until the JVM ends.
final class CallRules {
    private static final Set<String> SESSION_TIMEOUTS = Set.of("setMaxInactiveInterval", "setSessionTimeout");

    private CallRules() {}

    static boolean isWorthALook(MethodCode code, int step) {
        return Call.of(code.step(step))
                .filter(call -> SESSION_TIMEOUTS.contains(call.name()) || isExitHook(call))
                .isPresent();
    }

    static List<ReviewFinding.CodeLeak> review(CodeUnit unit, Flow flow) {
        List<ReviewFinding.CodeLeak> found = new ArrayList<>();
        for (int step = 0; step < flow.code().size(); step++) {
            if (flow.isReached(step) && isWorthALook(flow.code(), step)) {
                Call call = Call.of(flow.code().step(step)).orElseThrow();
                (isExitHook(call) ? exitHook(unit, flow, step, call) : session(unit, flow, step, call))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private static boolean isExitHook(Call call) {
        return call.is("java/lang/Runtime", "addShutdownHook") || call.is("java/io/File", "deleteOnExit");
    }

    private static Optional<ReviewFinding.CodeLeak> exitHook(CodeUnit unit, Flow flow, int step, Call call) {
        String what = call.name().equals("deleteOnExit")
                ? "asks for a file to be deleted on exit, which keeps its path until then"
                : "adds a shutdown hook, which is kept with all that it holds until the JVM ends";
        return flow.code().name().equals("<init>")
                ? Optional.empty()
                : Optional.of(unit.leak(LeakRule.EXIT_HOOK_PER_CALL, Confidence.LIKELY, flow.code(), step, what));
    }

    /// Sessions of the servlet API and of the servers that implement it.
    private static Optional<ReviewFinding.CodeLeak> session(CodeUnit unit, Flow flow, int step, Call call) {
        if (call.isStatic()
                || call.type().parameterCount() != 1
                || !call.parameter(0).equals("I")) {
            return Optional.empty();
        }
        Optional<Integer> interval = constant(flow, flow.operands(step).getLast());
        return interval.filter(length -> length <= 0)
                .map(length -> unit.leak(
                        LeakRule.SESSION_NEVER_EXPIRES,
                        Confidence.CERTAIN,
                        flow.code(),
                        step,
                        "calls " + call.name() + "(" + length + ") of " + CodeUnit.javaName(call.owner())));
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
