package io.staunch.collect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the table of `GC.class_histogram`: `   1:   12345   678900  [B (java.base@17.0.15)`, one line a class.
final class HistogramText {
    private HistogramText() {}

    /// The types, most bytes first; classes that are one type under [TypeNames] are added up.
    ///
    /// @throws IOException if there is no table, or one without its last line, as from a target that died over it
    static List<TypeCount> parse(String text) throws IOException {
        if (text.lines().noneMatch(line -> line.startsWith("Total "))) {
            throw new IOException("expected a table of types and its total, found "
                    + text.lines().findFirst().orElse("nothing"));
        }
        Map<String, TypeCount> types = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            TypeCount count = parseLine(line.strip());
            if (count != null) {
                types.merge(count.type(), count, TypeCount::plus);
            }
        }
        List<TypeCount> sorted = new ArrayList<>(types.values());
        sorted.sort(Comparator.comparingLong(TypeCount::bytes).reversed());
        return sorted;
    }

    private static @org.jspecify.annotations.Nullable TypeCount parseLine(String line) {
        int colon = line.indexOf(':');
        if (colon <= 0 || !isNumber(line.substring(0, colon))) {
            return null;
        }
        String[] cells = line.substring(colon + 1).strip().split("\\s+", 3);
        if (cells.length < 3 || !isNumber(cells[0]) || !isNumber(cells[1])) {
            return null;
        }
        int module = cells[2].indexOf(" (");
        String name = module < 0 ? cells[2] : cells[2].substring(0, module);
        return new TypeCount(TypeNames.ofVm(name), Long.parseLong(cells[0]), Long.parseLong(cells[1]));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
