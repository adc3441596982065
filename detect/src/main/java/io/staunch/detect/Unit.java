package io.staunch.detect;

/// What the values of a series count. The symbol is the one in machine-readable results.
public enum Unit {
    BYTES("bytes"),
    COUNT("count"),
    PER_SECOND("per second"),
    SECONDS("seconds"),
    RATIO("ratio");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }
}
