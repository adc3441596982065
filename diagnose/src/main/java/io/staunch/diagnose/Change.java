package io.staunch.diagnose;

import java.time.Instant;

/// Something that was changed on purpose and could explain a growth that began after it.
public sealed interface Change {
    Instant at();

    /// A service went from one release to another. `from` is empty for the first one.
    record ReleaseChange(Instant at, String service, String from, String to) implements Change {}

    /// A library went from one version to another; it is named `group:artifact`. A library that came with a release has
    /// the time of that release.
    record LibraryChange(Instant at, String library, String from, String to) implements Change {}

    /// A database schema was changed.
    record SchemaChange(Instant at, String name) implements Change {}
}
