package io.staunch.diagnose.review;

import java.util.List;
import java.util.Optional;

/// A rule about one step of a method and what flows into it.
interface StepRule {
    List<StepRule> ALL = List.of(
            new ExitHookRule(),
            new SessionRule(),
            new CacheRule(),
            new GeneratedClassesRule(),
            new MBeanRule(),
            new StaticHolderRule(),
            new DirectBufferRule());

    /// Whether the step can be one; cheap, without knowing what flows where.
    boolean isWorthALook(MethodCode code, int step);

    /// What is wrong there, if anything is.
    Optional<ReviewFinding.CodeLeak> at(CodeUnit unit, Flow flow, int step);

    /// Whether it matters too where code runs only once in a process's life.
    boolean countsOnce();

    static boolean anyIsWorthALook(MethodCode code, int step) {
        return ALL.stream().anyMatch(rule -> rule.isWorthALook(code, step));
    }
}
