package io.staunch.remedy;

/// A platform could not be asked. The message says what was expected and what was found.
public final class PlatformFailed extends Exception {
    private static final long serialVersionUID = 1;

    public PlatformFailed(String message) {
        super(message);
    }

    public PlatformFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
