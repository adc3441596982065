package io.staunch.server.config;

/// A configuration file that can't be used. The message is one line: file, line, what was expected and what was found.
public final class ConfigurationWrong extends Exception {
    private static final long serialVersionUID = 1;

    ConfigurationWrong(String message) {
        super(message);
    }

    ConfigurationWrong(String message, Throwable cause) {
        super(message, cause);
    }
}
