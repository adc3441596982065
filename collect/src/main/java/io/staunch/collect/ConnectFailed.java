package io.staunch.collect;

/// Why a server can't be watched: Redis, a JVM over JMX, a metrics server. The message is one line: what was expected
/// and what was found; it never holds
/// a password.
public final class ConnectFailed extends Exception {
    public enum Kind {
        /// Nothing answers at that address.
        UNREACHABLE,
        /// It wants a password or a user that it did not get.
        DENIED,
        /// What answers there is no Redis.
        NOT_REDIS,
        /// It answers, and knows nothing of what was asked for.
        NOTHING,
        /// What answers there is something else.
        OTHER
    }

    private final Kind kind;

    ConnectFailed(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    ConnectFailed(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
