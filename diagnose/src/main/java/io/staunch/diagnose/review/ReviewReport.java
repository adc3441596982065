package io.staunch.diagnose.review;

import java.util.List;

/// The outcome of a review.
///
/// @param findings by source; of each the certain ones first
/// @param untold   findings of rules that are only told when all are asked for
/// @param warnings what could not be read; the rest was reviewed
public record ReviewReport(Counts reviewed, List<ReviewFinding> findings, int untold, List<String> warnings) {
    public ReviewReport {
        findings = List.copyOf(findings);
        warnings = List.copyOf(warnings);
    }

    /// What was looked at.
    ///
    /// @param libraries    jars that say what they are, and a pom's dependencies
    /// @param unidentified jars that do not, and dependencies without a version in the file
    public record Counts(int jars, int classes, int methods, int libraries, int unidentified, int knownLeaks) {}
}
