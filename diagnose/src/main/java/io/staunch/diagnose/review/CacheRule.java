package io.staunch.diagnose.review;

import java.lang.classfile.instruction.FieldInstruction;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// A cache of Caffeine's or Guava's whose builder is made and used up in one method and never given a bound.
final class CacheRule implements StepRule {
    private static final Set<String> BUILDERS =
            Set.of("com/github/benmanes/caffeine/cache/Caffeine", "com/google/common/cache/CacheBuilder");
    private static final Set<String> BOUNDS = Set.of(
            "maximumSize",
            "maximumWeight",
            "expireAfterWrite",
            "expireAfterAccess",
            "expireAfter",
            "weakKeys",
            "weakValues",
            "softValues");

    @Override
    public boolean isWorthALook(MethodCode code, int step) {
        return Call.of(code.step(step))
                .filter(call -> call.name().equals("build") || call.name().equals("buildAsync"))
                .filter(call -> BUILDERS.contains(call.owner()) && !call.isStatic())
                .isPresent();
    }

    @Override
    public Optional<ReviewFinding.CodeLeak> at(CodeUnit unit, Flow flow, int step) {
        Call build = Call.of(flow.code().step(step)).orElseThrow();
        if (mayBeBounded(flow, step, build.owner()) || hasFewKeys(unit, flow, step)) {
            return Optional.empty();
        }
        return Optional.of(unit.leak(
                LeakRule.CACHE_WITHOUT_BOUND,
                Confidence.LIKELY,
                flow.code(),
                step,
                "builds a cache by " + CodeUnit.javaName(build.owner()) + " without any bound"));
    }

    @Override
    public boolean countsOnce() {
        return true;
    }

    /// Whether a bound is set anywhere along the builder's calls, or it comes from or goes elsewhere.
    private static boolean mayBeBounded(Flow flow, int build, String builder) {
        Set<Integer> seen = new HashSet<>();
        ArrayDeque<Integer> open = new ArrayDeque<>();
        add(flow.operands(build).getFirst(), open);
        while (!open.isEmpty()) {
            int origin = open.remove();
            if (!seen.add(origin)) {
                continue;
            }
            Optional<Call> made =
                    origin < 0 ? Optional.empty() : Call.of(flow.code().step(origin));
            boolean known = made.filter(call ->
                            call.owner().equals(builder) && (call.name().equals("newBuilder") || !call.isStatic()))
                    .isPresent();
            if (!known) {
                return true;
            }
            if (!made.get().isStatic()) {
                add(flow.operands(origin).getFirst(), open);
            }
            for (Flow.Use use : flow.uses(origin)) {
                Optional<Call> next = Call.of(flow.code().step(use.step()));
                boolean receives = next.filter(call -> call.owner().equals(builder) && use.operand() == 0)
                        .isPresent();
                if (!receives || BOUNDS.contains(next.get().name())) {
                    return true;
                }
                if (next.get().returns().equals(builder)) {
                    open.add(use.step());
                }
            }
        }
        return false;
    }

    private static void add(Value value, ArrayDeque<Integer> open) {
        for (int origin : value.origins()) {
            open.add(origin);
        }
    }

    /// Whether the field that it is kept in says that its keys are of a kind of which there are only so many.
    private static boolean hasFewKeys(CodeUnit unit, Flow flow, int build) {
        Kinds kinds = new Kinds(unit.classes());
        return flow.uses(build).stream()
                .map(use -> flow.code().step(use.step()))
                .filter(FieldInstruction.class::isInstance)
                .map(FieldInstruction.class::cast)
                .flatMap(put -> flow.code().type().fields().stream()
                        .filter(field -> field.fieldName().equals(put.name())))
                .flatMap(field -> new TrackedField(flow.code().type(), field, true).firstTypeArgument().stream())
                .anyMatch(kinds::isFinite);
    }
}
