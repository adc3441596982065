package io.staunch.drill;

/// A drill could not be run. The message is one line: what was expected and what was found.
public final class DrillFailed extends Exception {
    private static final long serialVersionUID = 1;

    public DrillFailed(String message) {
        super(message);
    }

    public DrillFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
