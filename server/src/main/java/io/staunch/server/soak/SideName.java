package io.staunch.server.soak;

import java.util.Locale;

/// Which of the two releases.
public enum SideName {
    /// The one that is to be released.
    CANDIDATE,
    /// The one that it is compared with.
    BASELINE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
