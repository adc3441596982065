package io.staunch.diagnose.review;

import java.util.Optional;

/// `finalize()` that does something.
final class FinalizerRule {
    /// `super.finalize()` and a return take so many steps.
    private static final int EMPTY_STEPS = 3;

    private FinalizerRule() {}

    static Optional<ReviewFinding.CodeLeak> review(CodeUnit unit, MethodCode code) {
        boolean finalizer =
                code.name().equals("finalize") && code.method().methodType().equalsString("()V") && !code.isStatic();
        return finalizer && code.size() > EMPTY_STEPS
                ? Optional.of(unit.leak(
                        LeakRule.FINALIZER, Confidence.LIKELY, code, 0, "has a finalizer that does something"))
                : Optional.empty();
    }
}
