package io.staunch.cli.heap;

import io.staunch.heap.HeapDiff;
import java.util.LinkedHashMap;
import java.util.Map;

/// What grew between two dumps, as `staunch.heap.diff/1`.
final class DiffJson {
    private DiffJson() {}

    static Map<String, Object> of(HeapDiff diff, Took.Figures took) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("schema", "staunch.heap.diff/1");
        form.put("older", diff.older());
        form.put("newer", diff.newer());
        form.put("bytesBefore", diff.bytesBefore());
        form.put("bytesAfter", diff.bytesAfter());
        form.put("holders", diff.holders().stream().map(DiffJson::growth).toList());
        form.put("types", diff.types().stream().map(DiffJson::growth).toList());
        form.put("libraries", diff.libraries().stream().map(DiffJson::growth).toList());
        form.put("took", HeapJson.took(took));
        return form;
    }

    private static Map<String, Object> growth(HeapDiff.HolderGrowth growth) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("type", growth.type());
        form.put("accumulation", growth.accumulation());
        form.put("holder", growth.holder());
        HeapJson.library(form, growth.library());
        form.put("elementsBefore", growth.elementsBefore());
        form.put("elementsAfter", growth.elementsAfter());
        form.put("bytesBefore", growth.bytesBefore());
        form.put("bytesAfter", growth.bytesAfter());
        return form;
    }

    private static Map<String, Object> growth(HeapDiff.TypeGrowth growth) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("type", growth.type());
        form.put("instancesBefore", growth.instancesBefore());
        form.put("instancesAfter", growth.instancesAfter());
        form.put("bytesBefore", growth.bytesBefore());
        form.put("bytesAfter", growth.bytesAfter());
        return form;
    }

    private static Map<String, Object> growth(HeapDiff.LibraryGrowth growth) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("library", growth.library().purl());
        form.put("bytesBefore", growth.bytesBefore());
        form.put("bytesAfter", growth.bytesAfter());
        return form;
    }
}
