package io.staunch.server.web;

/// The page and API could not be served: one line that says what was expected and found.
public final class WebServerFailed extends Exception {
    private static final long serialVersionUID = 1;

    WebServerFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
