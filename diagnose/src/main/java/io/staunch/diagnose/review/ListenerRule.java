package io.staunch.diagnose.review;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A list of listeners that can be added to and has no way out.
final class ListenerRule {
    private static final Set<String> WORDS = Set.of("listener", "observer", "subscriber", "callback");

    private ListenerRule() {}

    /// Whether the field's name or its elements' type says that it holds listeners.
    static boolean isAbout(TrackedField field) {
        String words = (field.name().field() + " " + field.firstTypeArgument().orElse("")).toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(words::contains);
    }

    static Optional<ReviewFinding.CodeLeak> review(CodeUnit unit, TrackedField field, List<CollectionUse> uses) {
        boolean leaves = uses.stream()
                .anyMatch(use -> use.is(CollectionUse.Kind.REMOVES)
                        || use.is(CollectionUse.Kind.ESCAPES)
                        || (use.is(CollectionUse.Kind.ASSIGNS) && !use.initial()));
        if (leaves) {
            return Optional.empty();
        }
        return uses.stream()
                .filter(use -> use.is(CollectionUse.Kind.ADDS) && !use.initial())
                .findFirst()
                .map(add -> unit.leak(
                        LeakRule.LISTENER_NEVER_REMOVED,
                        Confidence.LIKELY,
                        add.flow().code(),
                        add.step(),
                        "adds to " + field.javaName() + ", from which no listener can be removed"));
    }
}
