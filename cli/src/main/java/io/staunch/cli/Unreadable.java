package io.staunch.cli;

/// Input that can't be used. The message is the one line that the user sees: what was expected and what was found.
public final class Unreadable extends Exception {
    public Unreadable(String message) {
        super(message);
    }

    public Unreadable(String message, Throwable cause) {
        super(message, cause);
    }
}
