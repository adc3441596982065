package io.staunch.diagnose.review;

import java.util.Optional;

/// Direct memory that a call takes for itself.
final class DirectBufferRule implements StepRule {
    @Override
    public boolean isWorthALook(MethodCode code, int step) {
        return Call.of(code.step(step))
                .filter(call -> call.is("java/nio/ByteBuffer", "allocateDirect"))
                .isPresent();
    }

    @Override
    public Optional<ReviewFinding.CodeLeak> at(CodeUnit unit, Flow flow, int step) {
        return new Keeping(flow, step).isKept()
                ? Optional.empty()
                : Optional.of(unit.leak(
                        LeakRule.DIRECT_BUFFER_PER_CALL,
                        Confidence.LIKELY,
                        flow.code(),
                        step,
                        "allocates a direct buffer for this call only"));
    }

    @Override
    public boolean countsOnce() {
        return false;
    }
}
