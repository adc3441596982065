package io.staunch.diagnose;

import io.staunch.detect.Series;
import io.staunch.detect.Wording;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Figures as people read them.
public final class Figures {
    private Figures() {}

    /// `812 KiB`, `3.1 MiB`: three digits at most.
    public static String bytes(double bytes) {
        return Wording.bytes(bytes);
    }

    /// The same of a whole number.
    public static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    /// A value of a series with its unit.
    public static String value(Series series, double value) {
        return wording(series).amount(value);
    }

    /// Growth per hour, in minutes where an hour's figure would be hard to picture.
    public static String rate(Series series, double perHour) {
        return wording(series).rate(perHour / 3600);
    }

    public static String count(double count) {
        return String.format(Locale.ROOT, "%,d", Math.round(count));
    }

    /// `28,912,345`
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// `62.1 %`
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /// `+1.5 GiB`, `-812 KiB`
    public static String growth(long bytes) {
        return (bytes >= 0 ? "+" : "") + bytes(bytes);
    }

    /// What something took: `410 ms`, `6.4 s`, then as [#duration(Duration)].
    public static String took(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        return millis < 60_000 ? String.format(Locale.ROOT, "%.1f s", millis / 1000.0) : duration(duration);
    }

    /// `52 s`, `7 min`, `3 h 20 min`, `5 days`.
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3600) {
            return seconds / 60 + " min";
        }
        if (seconds < 48 * 3600) {
            long minutes = seconds / 60 % 60;
            return seconds / 3600 + " h" + (minutes == 0 ? "" : " " + minutes + " min");
        }
        return seconds / 86400 + " days";
    }

    private static Wording wording(Series series) {
        return new Wording(Optional.of(series.unit()));
    }
}
