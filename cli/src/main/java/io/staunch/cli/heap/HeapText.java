package io.staunch.cli.heap;

import io.staunch.heap.HeapDiff;
import io.staunch.heap.HeapReport;
import io.staunch.heap.LeakSuspect;
import io.staunch.heap.Library;
import io.staunch.heap.Shape;
import java.util.List;
import java.util.Locale;

/// A heap report for people: what piles up first, then the biggest objects and types.
final class HeapText {
    private final StringBuilder text = new StringBuilder();

    private HeapText() {}

    static String of(HeapReport report, Took.Figures took) {
        HeapText page = new HeapText();
        page.head(report, took);
        page.suspects(report.suspects());
        page.biggest(report.biggest());
        page.types(report.histogram());
        return page.text.toString();
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency worth having
    private void line(String format, Object... parts) {
        text.append(String.format(Locale.ROOT, format, parts).stripTrailing()).append('\n');
    }

    private void head(HeapReport report, Took.Figures took) {
        line(
                "%s: %s in %s objects, of which %s in %s are reachable; %s classes, %s roots",
                report.file(),
                Figure.bytes(report.bytes()),
                Figure.count(report.objects()),
                Figure.bytes(report.reachableBytes()),
                Figure.count(report.reachable()),
                Figure.count(report.classes()),
                Figure.count(report.roots()));
        line("%s", report.layout().describe());
        String memory = took.peakResidentBytes().isPresent()
                ? ", " + Figure.bytes(took.peakResidentBytes().getAsLong()) + " resident at most"
                : "";
        line("analysed in %s%s", Figure.millis(took.millis()), memory);
    }

    private void suspects(List<LeakSuspect> suspects) {
        line("");
        line(suspects.isEmpty() ? "Nothing piles up." : "What piles up");
        int rank = 1;
        for (LeakSuspect suspect : suspects) {
            line(
                    "%3d. %7s %10s  %s × %s%s",
                    rank++,
                    Figure.share(suspect.share()),
                    Figure.bytes(suspect.retained()),
                    Figure.count(suspect.instances()),
                    suspect.type(),
                    suspect.shape() == Shape.OTHER ? "" : ": " + suspect.shape().words());
            detail("in", suspect.accumulation());
            String label = "held by";
            for (String field : suspect.holder()) {
                detail(label, field);
                label = "";
            }
            suspect.library().map(Library::purl).ifPresent(purl -> detail("library", purl));
        }
    }

    private void detail(String label, String value) {
        line("%26s%-8s %s", "", label, value);
    }

    private void biggest(List<HeapReport.BigObject> biggest) {
        line("");
        line("Biggest objects");
        line("%12s %12s  %s", "retained", "shallow", "object");
        for (HeapReport.BigObject object : biggest) {
            line(
                    "%12s %12s  %s 0x%x %s",
                    Figure.bytes(object.retained()),
                    Figure.bytes(object.shallow()),
                    object.type(),
                    object.id(),
                    object.label());
        }
    }

    private void types(List<HeapReport.TypeUse> types) {
        line("");
        line("Types");
        line("%12s %12s %14s  %s", "retained", "shallow", "instances", "type");
        for (HeapReport.TypeUse type : types) {
            line(
                    "%12s %12s %14s  %s",
                    Figure.bytes(type.retained()),
                    Figure.bytes(type.shallow()),
                    Figure.count(type.instances()),
                    type.type());
        }
    }

    static String of(HeapDiff diff) {
        HeapText page = new HeapText();
        page.line(
                "%s → %s: %s → %s reachable, %s",
                diff.older(),
                diff.newer(),
                Figure.bytes(diff.bytesBefore()),
                Figure.bytes(diff.bytesAfter()),
                Figure.growth(diff.bytesAfter() - diff.bytesBefore()));
        page.line("");
        page.line(diff.holders().isEmpty() ? "No container grew." : "What grew, and who holds it");
        for (HeapDiff.HolderGrowth growth : diff.holders()) {
            page.line(
                    "%12s  %s: %s → %s",
                    Figure.growth(growth.bytesAfter() - growth.bytesBefore()),
                    growth.type(),
                    Figure.count(growth.elementsBefore()),
                    Figure.count(growth.elementsAfter()));
            String label = "held by";
            for (String field : growth.holder()) {
                page.line("%14s%-8s %s", "", label, field);
                label = "";
            }
            growth.library().ifPresent(library -> page.line("%14s%-8s %s", "", "library", library.purl()));
        }
        page.line("");
        page.line("%12s %14s  %s", "bytes", "instances", "type");
        for (HeapDiff.TypeGrowth growth : diff.types()) {
            page.line(
                    "%12s %14s  %s",
                    Figure.growth(growth.bytesAfter() - growth.bytesBefore()),
                    String.format(Locale.ROOT, "%+,d", growth.instancesAfter() - growth.instancesBefore()),
                    growth.type());
        }
        return page.text.toString();
    }
}
