package io.staunch.collect;

/// A watched target that does not answer any more. The message is one line: what was expected and what was found.
public final class TargetGone extends Exception {
    public enum Kind {
        /// The process ended (or its number now belongs to another one).
        DIED,
        /// The process is there and gives no answer in time, for instance because it is stopped.
        NOT_ANSWERING
    }

    private final Kind kind;

    TargetGone(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    TargetGone(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
