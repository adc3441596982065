package io.staunch.incident;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as a postmortem writes them, all in UTC.
final class Times {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Times() {}

    /// `21:03:12`
    static String clock(Instant at) {
        return CLOCK.format(at);
    }

    /// `1 March 2026`
    static String day(Instant at) {
        return DAY.format(at);
    }

    /// `1 March 2026`, some days later.
    static String dayAfter(Instant at, int days) {
        return DAY.format(at.plus(Duration.ofDays(days)));
    }

    /// `42 s`, `2 min 38 s`, `3 h 5 min`.
    static String span(Duration duration) {
        long seconds = Math.max(0, Math.round(duration.toMillis() / 1000.0));
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
        }
        long minutes = seconds / 60;
        return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }

    static String between(Instant from, Instant to) {
        return span(Duration.between(from, to));
    }
}
