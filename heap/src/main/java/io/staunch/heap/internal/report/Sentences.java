package io.staunch.heap.internal.report;

import io.staunch.heap.Shape;
import java.util.List;
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

    static String why(
            Accumulation what, long retained, long direct, double share, long containers, List<List<String>> together) {
        HolderPath path = what.path();
        String in = containers == 1
                ? "one " + path.accumulation()
                : String.format(Locale.ROOT, "%,d containers like %s", containers, path.accumulation());
        String looks = what.shape() == Shape.OTHER ? "" : " (" + what.shape().words() + ")";
        return String.format(
                Locale.ROOT,
                "%,d %s%s in %s, held by %s%s, keep %s alive, %.1f %% of the heap%s",
                what.piled().instances(),
                what.piled().name(),
                looks,
                in,
                path.telling(),
                and(path, together),
                bytes(retained),
                100 * share,
                direct == 0 ? "" : ", and " + bytes(direct) + " outside it in direct buffers");
    }

    private static String and(HolderPath lead, List<List<String>> together) {
        List<String> fields = together.stream()
                .map(HolderPath::telling)
                .filter(field -> !field.equals(lead.telling()))
                .distinct()
                .toList();
        return fields.isEmpty() ? "" : " and by " + String.join(", ", fields);
    }
}
