package io.staunch.server;

import io.staunch.collect.Target;
import java.util.Optional;

/// One target of a [Watch] at this moment.
///
/// @param service what it is an instance of
/// @param outcome what is known of it; absent if it can't be watched
/// @param why     why it can't be watched
public record WatchedTarget(Target target, String service, Optional<Outcome> outcome, Optional<String> why) {
    /// Stays the same for as long as the target lives, and is never another's.
    public String id() {
        return target.id();
    }
}
