package io.staunch.diagnose.review;

import java.util.Locale;

/// How far a class file alone can tell.
public enum Confidence {
    /// It keeps or loses something each time this code runs.
    CERTAIN,
    /// Whether it piles up depends on how often the code runs, or with which keys.
    LIKELY;

    /// The word in machine-readable results and on screens.
    public String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }
}
