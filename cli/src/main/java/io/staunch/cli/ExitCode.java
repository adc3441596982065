package io.staunch.cli;

/// What every verb ends with.
public final class ExitCode {
    /// No leak, or: passed.
    public static final int NO_LEAK = 0;
    /// A leak, or: failed.
    public static final int LEAK = 1;
    /// Wrong usage or unreadable input.
    public static final int UNREADABLE = 2;
    /// Could not tell.
    public static final int UNKNOWN = 3;
    /// Ended by Ctrl-C.
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
