package io.staunch.diagnose.review;

import java.io.IOException;

/// What was given can't be reviewed. The message says what was expected and what was found.
public final class UnreadableInputException extends IOException {
    private static final long serialVersionUID = 1;

    UnreadableInputException(String message) {
        super(message);
    }

    UnreadableInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
