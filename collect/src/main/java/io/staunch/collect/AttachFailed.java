package io.staunch.collect;

/// Why a JVM can't be attached to. The message is one line: what was expected and what was found.
public final class AttachFailed extends Exception {
    public enum Kind {
        NO_SUCH_PROCESS,
        NOT_A_JVM,
        /// It belongs to another user, and we are not root.
        OTHER_USER,
        /// It runs with `-XX:+DisableAttachMechanism`.
        ATTACH_DISABLED,
        /// It does not answer, for instance because it is stopped.
        TIMED_OUT,
        /// It ended while we attached.
        DIED
    }

    private final Kind kind;

    AttachFailed(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    AttachFailed(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
