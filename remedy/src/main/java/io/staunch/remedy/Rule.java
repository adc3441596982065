package io.staunch.remedy;

/// The guard rails, each with an id that does not change.
public enum Rule {
    KILL_SWITCH("kill-switch"),
    MODE("mode"),
    JUDGE_UNSURE("judge-unsure"),
    NOT_IMPLICATED("implicated-release-only"),
    NOT_ATTESTED("attested-target-only"),
    SAME_RELEASE("same-release"),
    ROLLBACK_OF_ROLLBACK("no-rollback-of-a-rollback"),
    ONCE_PER_RELEASE("once-per-release"),
    IRREVERSIBLE("irreversible-change"),
    SEVERAL_SERVICES("several-services"),
    EVIDENCE_FIRST("evidence-first"),
    BUDGET("budget");

    private final String id;

    Rule(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }
}
