package io.staunch.server;

import io.staunch.collect.AttachFailed;
import io.staunch.collect.ConnectFailed;
import io.staunch.collect.Probe;
import io.staunch.collect.Target;
import io.staunch.collect.TargetGone;
import java.util.Optional;

/// Something that was found and may be watched.
///
/// @param key     the same at every look while it is the same
/// @param target  as far as it is known from outside
/// @param service what it is an instance of, if the place that it was found at says so
record Candidate(String key, Target target, Optional<String> service, Opening opening) {
    /// How it is watched from now on. May take seconds.
    @FunctionalInterface
    interface Opening {
        Probe open() throws AttachFailed, ConnectFailed, TargetGone;
    }
}
