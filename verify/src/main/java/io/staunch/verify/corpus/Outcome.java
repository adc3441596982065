package io.staunch.verify.corpus;

import java.time.Duration;
import java.util.List;

/// What one `staunch check` said of one case.
///
/// @param verdict the verdict's kind, or `failed` when the case or the check did not run
/// @param why     the verdict's sentence, or what went wrong
/// @param types   the accumulating types in the order of blame
/// @param library the owning library's purl, or blank
record Outcome(
        LeakCase of,
        String verdict,
        String why,
        List<String> types,
        List<String> holder,
        String library,
        Duration took) {

    boolean verdictIsRight() {
        return of.leaks() ? verdict.equals("leaking") : !verdict.equals("leaking") && !verdict.equals("failed");
    }

    boolean typeIsRight() {
        return of.expectation().typeIsRight(types);
    }

    boolean holderIsRight() {
        return of.expectation().holderIsRight(holder);
    }

    boolean ownerIsRight() {
        return of.expectation().ownerIsRight(library);
    }
}
