package io.staunch.cli.heap;

import java.util.Locale;

/// Figures for people.
final class Figure {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Figure() {}

    /// `1.5 GiB`
    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (Math.abs(value) >= 1024 && unit + 1 < UNITS.length) {
            value /= 1024;
            unit++;
        }
        boolean whole = unit == 0 || Math.abs(value) >= 100;
        return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    /// `+1.5 GiB`
    static String growth(long bytes) {
        return (bytes >= 0 ? "+" : "") + bytes(bytes);
    }

    /// `28,912,345`
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /// `62.1 %`
    static String share(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /// `6.4 s` or `410 ms`
    static String millis(long millis) {
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
