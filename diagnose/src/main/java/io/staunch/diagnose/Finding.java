package io.staunch.diagnose;

/// How a suspect came out.
public enum Finding {
    /// The evidence speaks for it.
    IMPLICATED("implicated"),
    /// The evidence speaks against it.
    CLEARED("cleared"),
    /// There is evidence, and it does not decide.
    INCONCLUSIVE("inconclusive"),
    /// Nothing was seen that bears on it.
    NOT_MEASURED("not measured");

    private final String symbol;

    Finding(String symbol) {
        this.symbol = symbol;
    }

    /// The word on screens and in machine-readable results.
    public String symbol() {
        return symbol;
    }
}
