package io.staunch.cli.heap;

import io.staunch.diagnose.Figures;
import io.staunch.heap.HeapDiff;
import java.util.List;
import java.util.Locale;

/// What grew between two dumps, for people: containers first, then libraries and types.
final class DiffText {
    private final StringBuilder text = new StringBuilder();

    private DiffText() {}

    static String of(HeapDiff diff) {
        DiffText page = new DiffText();
        page.line(
                "%s → %s: %s → %s reachable, %s",
                diff.older(),
                diff.newer(),
                Figures.bytes(diff.bytesBefore()),
                Figures.bytes(diff.bytesAfter()),
                Figures.growth(diff.bytesAfter() - diff.bytesBefore()));
        page.line("");
        page.line(diff.holders().isEmpty() ? "No container grew." : "What grew, and who holds it");
        diff.holders().forEach(page::holder);
        page.libraries(diff.libraries());
        page.types(diff.types());
        return page.text.toString();
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency worth having
    private void line(String format, Object... parts) {
        text.append(String.format(Locale.ROOT, format, parts).stripTrailing()).append('\n');
    }

    private void holder(HeapDiff.HolderGrowth growth) {
        line(
                "%12s  %s: %s → %s",
                Figures.growth(growth.bytesGrown()),
                growth.type(),
                Figures.count(growth.elementsBefore()),
                Figures.count(growth.elementsAfter()));
        detail("in", growth.accumulation());
        String label = "held by";
        for (String field : growth.holder()) {
            detail(label, field);
            label = "";
        }
        growth.library().ifPresent(library -> detail("library", library.purl()));
    }

    private void detail(String label, String value) {
        line("%14s%-8s %s", "", label, value);
    }

    private void libraries(List<HeapDiff.LibraryGrowth> libraries) {
        line("");
        line("By library");
        for (HeapDiff.LibraryGrowth growth : libraries) {
            line(
                    "%12s  %s",
                    Figures.growth(growth.bytesGrown()), growth.library().purl());
        }
        if (libraries.isEmpty()) {
            line("%14sno container of a library grew", "");
        }
    }

    private void types(List<HeapDiff.TypeGrowth> types) {
        line("");
        line("By type");
        line("%12s %14s  %s", "bytes", "instances", "type");
        for (HeapDiff.TypeGrowth growth : types) {
            line(
                    "%12s %14s  %s",
                    Figures.growth(growth.bytesGrown()),
                    String.format(Locale.ROOT, "%+,d", growth.instancesAfter() - growth.instancesBefore()),
                    growth.type());
        }
    }
}
