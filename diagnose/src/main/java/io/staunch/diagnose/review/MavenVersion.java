package io.staunch.diagnose.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A version in Maven's order (Maven's POM reference, "Version Order Specification"): split at dots, hyphens and where
/// digits meet letters; numbers by value, known qualifiers by rank, others by letters after them; trailing zeros and
/// releases count for nothing.
final class MavenVersion implements Comparable<MavenVersion> {
    private static final Map<String, Integer> RANKS = Map.ofEntries(
            Map.entry("alpha", 0),
            Map.entry("beta", 1),
            Map.entry("milestone", 2),
            Map.entry("rc", 3),
            Map.entry("snapshot", 4),
            Map.entry("", 5),
            Map.entry("sp", 6));
    private static final int RELEASE = 5;
    private static final int UNKNOWN = 7;
    private static final Token HYPHEN_RELEASE = new Token('-', "", false);

    private final String text;
    private final List<Token> tokens;

    MavenVersion(String text) {
        this.text = text;
        tokens = trimmed(split(text.toLowerCase(Locale.ROOT)));
    }

    /// One part with the separator before it.
    private record Token(char separator, String value, boolean number) {
        /// Whether it says no more than its absence.
        boolean isNull() {
            return number ? value.equals("0") : value.isEmpty();
        }

        /// Within one place of the version: qualifiers before sub-versions' (`-1`) before parts' (`.1`) numbers.
        int kind() {
            if (!number) {
                return 0;
            }
            return separator == '-' ? 1 : 2;
        }

        int rank() {
            return RANKS.getOrDefault(value, UNKNOWN);
        }
    }

    private static List<Token> split(String version) {
        List<Token> tokens = new ArrayList<>();
        char separator = '.';
        int start = 0;
        for (int i = 0; i <= version.length(); i++) {
            boolean end = i == version.length();
            char at = end ? '.' : version.charAt(i);
            boolean separates = end || at == '.' || at == '-' || at == '_' || at == '+';
            boolean changes =
                    !separates && i > start && Character.isDigit(at) != Character.isDigit(version.charAt(i - 1));
            if (separates || changes) {
                tokens.add(token(separator, version.substring(start, i), changes));
                separator = changes || at != '.' ? '-' : '.';
                start = changes ? i : i + 1;
            }
        }
        return tokens;
    }

    private static Token token(char separator, String raw, boolean meetsOther) {
        if (raw.isEmpty()) {
            return new Token(separator, "0", true);
        }
        if (Character.isDigit(raw.charAt(0))) {
            String digits = raw.replaceFirst("^0+(?=\\d)", "");
            return new Token(separator, digits, true);
        }
        // `1.0.RC2` is ordered as `1.0-RC2`
        return new Token('-', qualifier(raw, meetsOther), false);
    }

    /// @param beforeDigit whether a digit follows at once, where `a`, `b` and `m` are short forms
    private static String qualifier(String raw, boolean beforeDigit) {
        return switch (raw) {
            case "ga", "final", "release" -> "";
            case "cr" -> "rc";
            case "a" -> beforeDigit ? "alpha" : raw;
            case "b" -> beforeDigit ? "beta" : raw;
            case "m" -> beforeDigit ? "milestone" : raw;
            default -> raw;
        };
    }

    /// Without what counts for nothing: at the end, and before each hyphen.
    private static List<Token> trimmed(List<Token> tokens) {
        List<Token> kept = new ArrayList<>(tokens);
        int end = kept.size();
        for (int i = kept.size() - 1; i > 0; i--) {
            Token token = kept.get(i);
            if (token.isNull() && i == end - 1) {
                kept.remove(i);
                end = i;
            } else if (token.separator() == '-') {
                end = i;
            }
        }
        return kept;
    }

    @Override
    public int compareTo(MavenVersion other) {
        int longest = Math.max(tokens.size(), other.tokens.size());
        for (int i = 0; i < longest; i++) {
            int difference = compare(tokenAt(i, other), other.tokenAt(i, this));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    /// The token there, or what its absence means beside the other's.
    private Token tokenAt(int place, MavenVersion other) {
        if (place < tokens.size()) {
            return tokens.get(place);
        }
        Token beside = other.tokens.get(place);
        return beside.number() ? new Token(beside.separator(), "0", true) : HYPHEN_RELEASE;
    }

    private static int compare(Token one, Token two) {
        if (one.number() && two.number() && one.separator() == two.separator()) {
            int length = Integer.compare(one.value().length(), two.value().length());
            return length != 0 ? length : one.value().compareTo(two.value());
        }
        if (!one.number() && !two.number()) {
            int rank = Integer.compare(one.rank(), two.rank());
            return rank != 0 || one.rank() != UNKNOWN ? rank : one.value().compareTo(two.value());
        }
        return Integer.compare(one.kind(), two.kind());
    }

    /// Whether it is one that people are told to go to: no milestone, candidate or snapshot.
    boolean isRelease() {
        return tokens.stream().allMatch(token -> token.number() || token.rank() >= RELEASE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MavenVersion version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return tokens.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
