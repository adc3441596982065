package io.staunch.collect;

/// Why there is no heap dump. Nothing of it is left on the disk. The message is one line: what was expected and what
/// was found.
public final class DumpFailed extends Exception {
    public enum Kind {
        /// The disk has, or turned out to have, too little room.
        DISK_FULL,
        /// The directory can't be written by the target.
        NOT_WRITABLE,
        /// The target ended or gave no answer.
        TARGET_GONE,
        /// The target refused, with its own words in the message.
        REFUSED
    }

    private final Kind kind;

    DumpFailed(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    DumpFailed(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
