package io.staunch.server.store;

/// The store does not take or give what it should. The message is one line without any secret.
public final class StoreFailed extends Exception {
    private static final long serialVersionUID = 1;

    StoreFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
