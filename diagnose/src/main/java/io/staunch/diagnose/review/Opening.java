package io.staunch.diagnose.review;

import java.util.Set;

/// A step that opens something which must be closed.
///
/// @param origin the step that makes the value: `new`, or the call that returns it
/// @param openAt from which step on it is open: its constructor's call, or the call that returns it
/// @param parent what closes it too: the connection of a statement, the statement of a result set
record Opening(int origin, int openAt, Value parent, Kind kind, Confidence confidence, String type) {
    private static final Set<String> RESOURCE_CLOSERS = Set.of("close", "closeQuietly", "disconnect");
    private static final Set<String> EXECUTOR_CLOSERS = Set.of("shutdown", "shutdownNow", "close", "cancel", "stop");

    enum Kind {
        RESOURCE,
        EXECUTOR;

        boolean closes(String method) {
            return switch (this) {
                case RESOURCE -> RESOURCE_CLOSERS.contains(method);
                case EXECUTOR -> EXECUTOR_CLOSERS.contains(method);
            };
        }
    }
}
