package io.staunch.server.soak;

/// What a soak says of the candidate.
public sealed interface SoakAnswer {
    /// One sentence.
    String why();

    /// The safest next act, one sentence.
    String advice();

    /// No leak that is as large as the smallest that would have been seen.
    record Passed(String why, String advice) implements SoakAnswer {}

    /// It leaks.
    record Failed(String why, String advice) implements SoakAnswer {}

    /// It can't be told.
    record Undecided(String why, String advice) implements SoakAnswer {}
}
