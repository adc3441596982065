package io.staunch.server.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads durations, sizes and shares as people write them. What can't be read is an `IllegalArgumentException` whose
/// message says what was expected and what was found.
public final class Quantities {
    private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern WHOLE = Pattern.compile("(\\d{1,9}(ms|s|m|h|d))+");
    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,6})?) ?(B|KiB|MiB|GiB|TiB|kB|MB|GB|TB)?");
    private static final Map<String, Long> UNITS = Map.of(
            "B", 1L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30,
            "TiB", 1L << 40,
            "kB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "TB", 1_000_000_000_000L);

    private Quantities() {}

    /// ISO-8601 (`PT1M30S`) or as people write it: `90s`, `10m`, `6h`, `1h30m`, `500ms`, `7d`.
    public static Duration duration(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (WHOLE.matcher(lower).matches()) {
            Duration sum = Duration.ZERO;
            Matcher part = PART.matcher(lower);
            while (part.find()) {
                sum = sum.plus(part(Long.parseLong(part.group(1)), part.group(2)));
            }
            return sum;
        }
        try {
            return Duration.parse(text.strip());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "expected a duration such as 90s, 10m, 6h or PT90S, found '" + text + "'", e);
        }
    }

    private static Duration part(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /// Bytes: `512MiB`, `1.5GiB`, `2GB`, or a bare number.
    public static long bytes(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            throw new IllegalArgumentException("expected a size such as 512MiB or 2GB, found '" + text + "'");
        }
        String unit = size.group(2) == null ? "B" : size.group(2);
        return (long) (Double.parseDouble(size.group(1)) * UNITS.getOrDefault(unit, 1L));
    }

    /// A share of the whole, from more than 0 to 1: `2%` or `0.02`.
    public static double share(String text) {
        String stripped = text.strip();
        boolean percent = stripped.endsWith("%");
        try {
            double number = Double.parseDouble(percent ? stripped.substring(0, stripped.length() - 1) : stripped);
            double share = percent ? number / 100 : number;
            if (share > 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(shareExpected(text), e);
        }
        throw new IllegalArgumentException(shareExpected(text));
    }

    private static String shareExpected(String text) {
        return "expected a share such as 2% or 0.02, more than 0 and at most 1, found '" + text + "'";
    }
}
