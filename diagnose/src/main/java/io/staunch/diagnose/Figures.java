package io.staunch.diagnose;

import io.staunch.detect.Series;
import io.staunch.detect.Unit;
import java.time.Duration;
import java.util.Locale;

/// Figures as people read them.
public final class Figures {
    private static final double KIB = 1024;

    private Figures() {}

    /// `812 KiB`, `3.1 MiB`: three digits at most.
    public static String bytes(double bytes) {
        double size = Math.abs(bytes);
        if (size < KIB) {
            return Math.round(bytes) + " B";
        }
        if (size < KIB * KIB) {
            return short3(bytes / KIB) + " KiB";
        }
        return size < KIB * KIB * KIB ? short3(bytes / KIB / KIB) + " MiB" : short3(bytes / KIB / KIB / KIB) + " GiB";
    }

    /// The same of a whole number.
    public static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    /// A value of a series with its unit.
    public static String value(Series series, double value) {
        return switch (series.unit()) {
            case BYTES -> bytes(value);
            case COUNT -> count(value);
            case PER_SECOND -> short3(value) + "/s";
            case SECONDS -> short3(value * 1000) + " ms";
            case RATIO -> short3(value * 100) + " %";
        };
    }

    /// Growth per hour, in minutes where an hour's figure would be hard to picture.
    public static String rate(Series series, double perHour) {
        if (series.unit() == Unit.BYTES) {
            return Math.abs(perHour) > 60 * KIB ? bytes(perHour / 60) + " a minute" : bytes(perHour) + " an hour";
        }
        return Math.abs(perHour) > 120 ? count(perHour / 60) + " a minute" : count(perHour) + " an hour";
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

    private static String short3(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        String text = String.format(Locale.ROOT, format, value);
        return text.indexOf('.') < 0 ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
