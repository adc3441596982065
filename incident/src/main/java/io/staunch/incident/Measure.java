package io.staunch.incident;

/// A task that an incident leaves behind.
///
/// @param kind    corrective ends this cause for good; preventative makes the next one shorter or unseen by users
/// @param owner   a role, not a person
/// @param due     a day, or `done` with its day
/// @param because the finding that it follows from
public record Measure(Kind kind, String task, String owner, String due, String because) {
    /// What a task is for.
    public enum Kind {
        CORRECTIVE("corrective"),
        PREVENTATIVE("preventative");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
