package io.staunch.cli.heap;

import io.staunch.diagnose.Figures;
import io.staunch.heap.HeapHistogram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A histogram as text and as JSON: the keys of `heap --json` that need no references.
final class HistogramForm {
    private HistogramForm() {}

    static String text(HeapHistogram histogram, int top, Took.Figures took) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s: %s objects, %s; %s%n%n%14s %14s  %s%n",
                histogram.file(),
                Figures.count(histogram.objects()),
                Figures.bytes(histogram.bytes()),
                histogram.layout().describe(),
                "bytes",
                "instances",
                "type"));
        histogram.types().stream()
                .limit(top)
                .forEach(type -> text.append(String.format(
                        Locale.ROOT,
                        "%14s %14s  %s%n",
                        Figures.bytes(type.bytes()),
                        Figures.count(type.instances()),
                        type.type())));
        text.append(String.format(Locale.ROOT, "%nTook %.1f s%n", took.millis() / 1e3));
        return text.toString();
    }

    static Map<String, Object> json(HeapHistogram histogram, int top, Took.Figures took) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("schema", "staunch.heap/1");
        form.put("file", histogram.file());
        form.put("objects", histogram.objects());
        form.put("bytes", histogram.bytes());
        List<Map<String, Object>> rows = new ArrayList<>();
        histogram.types().stream().limit(top).forEach(type -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("type", type.type());
            row.put("instances", type.instances());
            row.put("shallow", type.bytes());
            rows.add(row);
        });
        form.put("histogram", rows);
        Map<String, Object> cost = new LinkedHashMap<>();
        cost.put("millis", took.millis());
        took.peakResidentBytes().ifPresent(bytes -> cost.put("peakResidentBytes", bytes));
        form.put("took", cost);
        return form;
    }
}
