package io.staunch.remedy;

import java.time.Instant;

/// Something that was done to a service: a release put in place, a schema migrated, a setting changed, a restart.
///
/// @param service      the service or the part of the system that was changed
/// @param what         the release's version, the migration's name, the setting
/// @param irreversible whether an earlier release can no longer run after it
/// @param source       where Staunch learned of it: a file, a link, a request
public record RecordedChange(Instant at, Kind kind, String service, String what, boolean irreversible, String source) {
    /// What was changed.
    public enum Kind {
        RELEASE,
        ROLLBACK,
        SCHEMA,
        CONFIGURATION,
        RESTART,
        /// The number of instances.
        SCALE
    }

    /// Whether this put a release in place: then `what` is its version.
    public boolean putsReleaseInPlace() {
        return kind == Kind.RELEASE || kind == Kind.ROLLBACK;
    }
}
