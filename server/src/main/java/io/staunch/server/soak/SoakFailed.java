package io.staunch.server.soak;

/// A soak that could not start or could not go on. The message is one line: what was expected and what was found.
public final class SoakFailed extends Exception {
    SoakFailed(String message) {
        super(message);
    }

    SoakFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
