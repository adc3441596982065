package io.staunch.collect;

/// Why a Redis server can't be watched. The message is one line: what was expected and what was found; it never holds
/// a password.
public final class ConnectFailed extends Exception {
    public enum Kind {
        /// Nothing answers at that address.
        UNREACHABLE,
        /// It wants a password or a user that it did not get.
        DENIED,
        /// What answers there is no Redis.
        NOT_REDIS
    }

    private final Kind kind;

    ConnectFailed(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
