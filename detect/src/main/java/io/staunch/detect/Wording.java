package io.staunch.detect;

import java.util.Locale;
import java.util.Optional;

/// Quantities as a reader wants them: three digits, with the unit of their series and one of time that fits.
///
/// @param unit of the series; absent if nothing is known of it, as in a recording
public record Wording(Optional<Unit> unit) {
    private static final double KIB = 1024;
    private static final double FEW_BYTES_AN_HOUR = 60 * KIB;
    private static final double FEW_THINGS_AN_HOUR = 120;

    /// A value: `3.1 MiB`, `12`, `0.25/s`.
    public String amount(double value) {
        if (unit.isEmpty()) {
            return Math.abs(value) >= 1000 ? count(value) : short3(value);
        }
        return switch (unit.get()) {
            case BYTES -> bytes(value);
            case COUNT -> count(value);
            case PER_SECOND -> short3(value) + "/s";
            case SECONDS -> short3(value * 1000) + " ms";
            case RATIO -> short3(value * 100) + " %";
        };
    }

    /// A rate per second as the unit of time in which it is easy to read.
    public String rate(double perSecond) {
        double perHour = perSecond * 3600;
        double few = unit.isPresent() && unit.get() == Unit.BYTES ? FEW_BYTES_AN_HOUR : FEW_THINGS_AN_HOUR;
        return Math.abs(perHour) > few ? amount(perHour / 60) + " a minute" : amount(perHour) + " an hour";
    }

    static String duration(double seconds) {
        if (seconds < 120) {
            return Math.round(seconds) + " s";
        }
        if (seconds < 7200) {
            return Math.round(seconds / 60) + " min";
        }
        return seconds < 172_800 ? Math.round(seconds / 3600) + " h" : Math.round(seconds / 86_400) + " days";
    }

    /// `812 KiB`, `3.1 MiB`: three digits at most.
    public static String bytes(double value) {
        double size = Math.abs(value);
        if (size < KIB) {
            return Math.round(value) + " B";
        }
        if (size < KIB * KIB) {
            return short3(value / KIB) + " KiB";
        }
        return size < KIB * KIB * KIB ? short3(value / KIB / KIB) + " MiB" : short3(value / KIB / KIB / KIB) + " GiB";
    }

    private static String count(double value) {
        return Math.abs(value) < 10 && value != Math.rint(value)
                ? short3(value)
                : String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    private static String short3(double value) {
        double size = Math.abs(value);
        String text = String.format(
                Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
        return text.indexOf('.') < 0 ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
