package io.staunch.server.response;

import io.staunch.remedy.Mode;
import io.staunch.remedy.Platform;
import java.util.Set;

/// A service that is looked after.
///
/// @param platform     what changes its release
/// @param attestedGood releases that a person has named good
public record Service(String name, Kind kind, Platform platform, Mode mode, Set<String> attestedGood) {
    public Service {
        attestedGood = Set.copyOf(attestedGood);
    }

    /// What its processes are.
    public enum Kind {
        JVM,
        REDIS
    }
}
