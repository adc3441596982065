package io.staunch.verify.corpus;

import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The culprit that the corpus expects, which it gives in prose: the names of types and fields are taken out of it.
///
/// @param types   names of types that may be named as piling up; a trailing `*` stands for anything; empty if there is
///                none to name
/// @param holders `Type.field` names of which one must be on the holder's path; empty if there is none to name
/// @param owner   `group:artifact` of the owning library; blank when it is the application or not known
record Expectation(List<String> types, List<String> holders, String owner) {
    /// How many of the named types may be looked at before a right one must have come.
    static final int TYPES_READ = 3;

    private static final Pattern NAME = Pattern.compile("(?:[a-z_][\\w]*[.])*[A-Z][\\w$/]*(?:[.$][\\w$]+)*[*]?");
    private static final Pattern ARRAY = Pattern.compile("\\b[a-z]+\\[]");
    private static final Pattern PACKAGE = Pattern.compile("(?:[a-z_][\\w]*[.])+[*]");

    static Expectation of(Properties properties) {
        return new Expectation(
                names(properties.getProperty("expected.leakingClass", "")),
                names(properties.getProperty("expected.holder", "")),
                owner(properties.getProperty("expected.owner", "")));
    }

    private static String owner(String text) {
        return Stream.of(text.split(" ", -1))
                .filter(word -> word.contains(":"))
                .findFirst()
                .orElse("");
    }

    private static List<String> names(String text) {
        return Stream.of(PACKAGE, NAME, ARRAY)
                .flatMap(pattern -> matches(pattern, text))
                .filter(name -> name.contains(".") || name.length() > 4)
                .flatMap(Expectation::alternatives)
                .toList();
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(r -> text.substring(r.start(), r.end()));
    }

    /// `Foo$1/$2` stands for two names.
    private static Stream<String> alternatives(String name) {
        Matcher slash = Pattern.compile("(.*)(\\$\\w+)/(\\$\\w+)").matcher(name);
        return slash.matches()
                ? Stream.of(slash.group(1) + slash.group(2), slash.group(1) + slash.group(3))
                : Stream.of(name);
    }

    boolean typeIsRight(List<String> named) {
        return types.isEmpty()
                || named.stream()
                        .limit(TYPES_READ)
                        .anyMatch(found -> types.stream().anyMatch(expected -> sameType(expected, found)));
    }

    private static boolean sameType(String expected, String found) {
        if (expected.endsWith("*")) {
            String prefix = expected.substring(0, expected.length() - 1);
            return found.startsWith(prefix) || found.contains("." + prefix);
        }
        return found.equals(expected)
                || found.endsWith("." + expected)
                || (expected.contains("$$") && found.startsWith(expected));
    }

    /// A `Type.field` is on the path if some step names that field of that type, with or without the package.
    boolean holderIsRight(List<String> path) {
        return holders.isEmpty()
                || path.stream().anyMatch(step -> holders.stream().anyMatch(expected -> names(step, expected)));
    }

    private static boolean names(String step, String expected) {
        int at = step.indexOf(expected);
        if (at < 0) {
            return false;
        }
        int end = at + expected.length();
        boolean startsName = at == 0 || ". ".indexOf(step.charAt(at - 1)) >= 0;
        boolean endsName = end == step.length() || !Character.isJavaIdentifierPart(step.charAt(end));
        return startsName && endsName;
    }

    /// When the application itself owns the leak, no library may be blamed.
    boolean ownerIsRight(String purl) {
        return owner.isEmpty() ? purl.isEmpty() : purl.startsWith("pkg:maven/" + owner.replace(':', '/') + "@");
    }
}
