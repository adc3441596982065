package io.staunch.drill;

import io.staunch.diagnose.Suspect;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Whom a person means. A suspect has its id and its name; a release also goes by its service and by its version, a
/// library by its artifact. Capitals make no difference.
final class Naming {
    private static final String RELEASE = "release:";
    private static final String LIBRARY = "library:";

    private Naming() {}

    /// The suspects that go by that name, the one that it is the id of first.
    static List<Suspect> meant(String word, List<Suspect> suspects) {
        String wanted = plain(word);
        return Stream.concat(
                        suspects.stream().filter(suspect -> plain(suspect.id()).equals(wanted)),
                        suspects.stream().filter(suspect -> names(suspect).anyMatch(wanted::equals)))
                .distinct()
                .toList();
    }

    private static Stream<String> names(Suspect suspect) {
        Stream<String> others = Stream.of();
        if (suspect.id().startsWith(RELEASE)) {
            String[] release = suspect.id().substring(RELEASE.length()).split("@", 2);
            others = Stream.concat(Stream.of(release), Stream.of(String.join(" ", release)));
        } else if (suspect.id().startsWith(LIBRARY)) {
            String library = suspect.id().substring(LIBRARY.length());
            others = Stream.of(library, library.substring(library.lastIndexOf(':') + 1));
        }
        return Stream.concat(Stream.of(suspect.name()), others).map(Naming::plain);
    }

    private static String plain(String word) {
        String lower = word.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("the ") ? lower.substring("the ".length()) : lower;
    }
}
