package io.staunch.detect;

import java.util.Locale;

/// Quantities as a reader wants them: short, with a unit that fits.
final class Wording {
    private Wording() {}

    static String amount(double value) {
        double size = Math.abs(value);
        if (size >= 10_000) {
            String[] names = {"k", "M", "G", "T", "P"};
            int i = -1;
            while (size >= 1000 && i < names.length - 1) {
                size /= 1000;
                i++;
            }
            return String.format(Locale.ROOT, "%s%.1f%s", value < 0 ? "-" : "", size, names[i]);
        }
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : "%.3g", value);
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

    /// A rate per second as the unit of time in which it is easy to read.
    static String rate(double perSecond) {
        return amount(perSecond * 3600) + " an hour";
    }
}
