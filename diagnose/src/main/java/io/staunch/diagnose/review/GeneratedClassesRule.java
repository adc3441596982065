package io.staunch.diagnose.review;

import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.util.Optional;
import java.util.Set;

/// Script engines, binding contexts and proxies that each call makes anew, with classes of their own.
final class GeneratedClassesRule implements StepRule {
    private static final Set<String> MADE =
            Set.of("groovy/lang/GroovyShell", "groovy/lang/GroovyClassLoader", "javax/script/ScriptEngineManager");
    private static final Set<String> CONTEXTS = Set.of("javax/xml/bind/JAXBContext", "jakarta/xml/bind/JAXBContext");

    @Override
    public boolean isWorthALook(MethodCode code, int step) {
        if (code.step(step) instanceof NewObjectInstruction made) {
            return MADE.contains(made.className().asInternalName());
        }
        return Call.of(code.step(step))
                .filter(call -> isContext(call) || isUncached(call))
                .isPresent();
    }

    private static boolean isContext(Call call) {
        return CONTEXTS.contains(call.owner()) && call.name().equals("newInstance");
    }

    /// `setUseCache` of cglib's enhancer, also where it is repackaged.
    private static boolean isUncached(Call call) {
        return call.name().equals("setUseCache") && call.owner().endsWith("cglib/proxy/Enhancer");
    }

    @Override
    public Optional<ReviewFinding.CodeLeak> at(CodeUnit unit, Flow flow, int step) {
        Optional<Call> call = Call.of(flow.code().step(step));
        if (call.filter(GeneratedClassesRule::isUncached).isPresent()) {
            return isFalse(flow, flow.operands(step).getLast())
                    ? Optional.of(told(unit, flow, step, "switches cglib's cache of proxy classes off"))
                    : Optional.empty();
        }
        boolean once = flow.code().name().equals("<init>");
        return once || new Keeping(flow, step).isKept()
                ? Optional.empty()
                : Optional.of(
                        told(unit, flow, step, "makes a " + made(flow, step) + " and keeps it for this call only"));
    }

    @Override
    public boolean countsOnce() {
        return false;
    }

    private static ReviewFinding.CodeLeak told(CodeUnit unit, Flow flow, int step, String what) {
        return unit.leak(LeakRule.CLASSES_PER_CALL, Confidence.LIKELY, flow.code(), step, what);
    }

    private static String made(Flow flow, int step) {
        return CodeUnit.javaName(
                flow.code().step(step) instanceof NewObjectInstruction made
                        ? made.className().asInternalName()
                        : Call.of(flow.code().step(step)).orElseThrow().owner());
    }

    private static boolean isFalse(Flow flow, Value value) {
        for (int origin : value.origins()) {
            boolean zero = origin >= 0
                    && flow.code().step(origin) instanceof ConstantInstruction constant
                    && Integer.valueOf(0).equals(constant.constantValue());
            if (!zero) {
                return false;
            }
        }
        return value.origins().length > 0;
    }
}
