package io.staunch.diagnose.review;

import java.util.Optional;

/// What a call registers until the JVM ends: shutdown hooks that nobody takes back, files to be deleted on exit.
final class ExitHookRule implements StepRule {
    @Override
    public boolean isWorthALook(MethodCode code, int step) {
        return Call.of(code.step(step))
                .filter(call ->
                        call.is("java/lang/Runtime", "addShutdownHook") || call.is("java/io/File", "deleteOnExit"))
                .isPresent();
    }

    @Override
    public Optional<ReviewFinding.CodeLeak> at(CodeUnit unit, Flow flow, int step) {
        boolean file = Call.of(flow.code().step(step))
                .filter(call -> call.name().equals("deleteOnExit"))
                .isPresent();
        boolean takenBack =
                !file && unit.classes().calls(flow.code().type(), "java/lang/Runtime", "removeShutdownHook");
        if (takenBack || flow.code().name().equals("<init>")) {
            return Optional.empty();
        }
        return Optional.of(unit.leak(
                LeakRule.EXIT_HOOK_PER_CALL,
                Confidence.LIKELY,
                flow.code(),
                step,
                file
                        ? "asks for a file to be deleted on exit, which keeps its path until then"
                        : "adds a shutdown hook, which is kept with all that it holds until the JVM ends"));
    }

    @Override
    public boolean countsOnce() {
        return false;
    }
}
