package io.staunch.diagnose.review;

import java.util.List;
import java.util.Optional;

/// A published leak of a library, from the file of [KnownLeaks].
///
/// @param libraries package URLs without a version
/// @param affected  the versions that have it
/// @param types     what piles up or holds it, as class names; empty where the source does not tell
/// @param what      what piles up and when, in one sentence
/// @param meanwhile what to do where no version without it is known
/// @param reference the maintainers' issue, change or release notes
public record KnownLeak(
        String id,
        List<String> libraries,
        List<VersionRange> affected,
        List<String> types,
        String what,
        String meanwhile,
        String reference) {
    public KnownLeak {
        libraries = List.copyOf(libraries);
        affected = List.copyOf(affected);
        types = List.copyOf(types);
    }

    boolean affects(String version) {
        return rangeOf(version).isPresent();
    }

    /// The first version without it in the line of releases that this version belongs to.
    public Optional<String> fixedIn(String version) {
        return rangeOf(version).flatMap(VersionRange::next).map(MavenVersion::toString);
    }

    private Optional<VersionRange> rangeOf(String version) {
        MavenVersion asked = new MavenVersion(version);
        return affected.stream().filter(range -> range.contains(asked)).findFirst();
    }
}
