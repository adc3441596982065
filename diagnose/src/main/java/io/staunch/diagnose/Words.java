package io.staunch.diagnose;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The words that a type's simple name is made of, in lower case: `StandardSession` is `standard`, `session`.
final class Words {
    private static final Pattern BORDER = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[$_]");

    private Words() {}

    static Set<String> of(String type) {
        String element = Origin.element(type);
        String simple = element.substring(element.lastIndexOf('.') + 1);
        return BORDER.splitAsStream(simple)
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
