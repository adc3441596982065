package io.staunch.heap.internal.report;

import io.staunch.heap.Shape;
import java.util.Locale;

/// Findings as sentences.
final class Sentences {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Sentences() {}

    /// Bytes for people: `1.5 GiB`.
    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit + 1 < UNITS.length) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || value >= 100 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    static String why(Blame.Piled piled, HolderPath path, long retained, double share, Shape shape, long containers) {
        String where = path.telling();
        String in = containers == 1
                ? "one " + path.accumulation()
                : String.format(Locale.ROOT, "%,d containers like %s", containers, path.accumulation());
        String looks = shape == Shape.OTHER ? "" : " (" + shape.words() + ")";
        return String.format(
                Locale.ROOT,
                "%,d %s%s in %s, held by %s, keep %s alive, %.1f %% of the heap",
                piled.instances(),
                piled.name(),
                looks,
                in,
                where,
                bytes(retained),
                100 * share);
    }
}
