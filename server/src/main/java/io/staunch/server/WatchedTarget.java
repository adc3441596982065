package io.staunch.server;

import io.staunch.collect.JvmInfo;
import java.util.Optional;

/// One target of a [Watch] at this moment.
///
/// @param service what it is an instance of
/// @param outcome what is known of it; absent if it can't be watched
/// @param why     why it can't be watched
public record WatchedTarget(JvmInfo target, String service, Optional<Outcome> outcome, Optional<String> why) {
    /// Stays the same for as long as the process lives, and is never another's.
    public String id() {
        return idOf(target);
    }

    /// The id of a process as a target.
    public static String idOf(JvmInfo target) {
        return target.pid() + "-" + target.started().getEpochSecond();
    }
}
