package io.staunch.remedy;

/// Whether an act may go on.
public sealed interface Clearance {
    /// Every rule that applies was asked, and none objects.
    record Allowed() implements Clearance {}

    /// The first rule that objects, and why, in one sentence.
    record Refused(Rule rule, String why) implements Clearance {}
}
