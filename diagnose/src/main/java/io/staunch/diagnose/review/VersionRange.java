package io.staunch.diagnose.review;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Versions between two, in Maven's notation: `[4.1.0,4.1.94)`; either end may be missing: `(,2.3)`, `[2.3,)`.
record VersionRange(Optional<MavenVersion> from, boolean fromIncluded, Optional<MavenVersion> to, boolean toIncluded) {
    private static final Pattern NOTATION = Pattern.compile("([\\[(])\\s*([^,\\s]*)\\s*,\\s*([^,\\s]*)\\s*([\\])])");

    /// Empty if it is no range.
    static Optional<VersionRange> of(String text) {
        Matcher range = NOTATION.matcher(text.strip());
        if (!range.matches()) {
            return Optional.empty();
        }
        Optional<MavenVersion> from = version(range.group(2));
        Optional<MavenVersion> to = version(range.group(3));
        boolean upwards = from.isEmpty() || to.isEmpty() || from.get().compareTo(to.get()) < 0;
        return upwards
                ? Optional.of(new VersionRange(
                        from, range.group(1).equals("["), to, range.group(4).equals("]")))
                : Optional.empty();
    }

    private static Optional<MavenVersion> version(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(new MavenVersion(text));
    }

    boolean contains(MavenVersion version) {
        boolean above = from.map(first -> version.compareTo(first) >= (fromIncluded ? 0 : 1))
                .orElse(true);
        boolean below =
                to.map(last -> version.compareTo(last) < (toIncluded ? 1 : 0)).orElse(true);
        return above && below;
    }

    /// The first version beyond it, if the range names that one.
    Optional<MavenVersion> next() {
        return toIncluded ? Optional.empty() : to;
    }
}
