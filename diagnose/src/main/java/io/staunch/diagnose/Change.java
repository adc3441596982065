package io.staunch.diagnose;

import java.time.Instant;

/// Something that was changed on purpose and could explain a growth that began after it, or relieve it.
public sealed interface Change {
    Instant at();

    /// The watched service went from one release to another. `from` is empty for the first one.
    ///
    /// @param predecessorGood whether the release before was watched without a leak, or named good
    record ReleaseChange(Instant at, String service, String from, String to, boolean predecessorGood)
            implements Change {
        /// Of whose predecessor nothing is known.
        public ReleaseChange(Instant at, String service, String from, String to) {
            this(at, service, from, to, false);
        }
    }

    /// Another service went to another release.
    record ReleaseElsewhere(Instant at, String service, String to) implements Change {}

    /// A library went from one version to another; it is named `group:artifact`. `from` is empty if it was not
    /// there before. A library that came with a release has the time of that release.
    record LibraryChange(Instant at, String library, String from, String to) implements Change {}

    /// A database schema was changed.
    record SchemaChange(Instant at, String name) implements Change {}

    /// The settings of a service, or of what it runs on, were changed.
    record ConfigurationChange(Instant at, String name) implements Change {}

    /// A service was started anew in the release that ran.
    record Restart(Instant at, String service) implements Change {}
}
