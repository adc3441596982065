package io.staunch.cli.heap;

import io.staunch.diagnose.Figures;
import io.staunch.heap.Contents;
import io.staunch.heap.Finding;
import io.staunch.heap.HeapReport;
import io.staunch.heap.LeakSuspect;
import io.staunch.heap.Library;
import io.staunch.heap.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A heap report for people: what piles up first, then the biggest objects and types.
final class HeapText {
    /// Locals that keep less alive than this many bytes are left out.
    private static final long WORTH_TELLING = 4096;

    private final StringBuilder text = new StringBuilder();

    private HeapText() {}

    static String of(Analysis analysis) {
        HeapReport report = analysis.report();
        HeapText page = new HeapText();
        page.head(report, analysis.took());
        page.suspects(analysis);
        page.findings("What else shows", report.findings());
        page.findings("What could be spared", analysis.waste());
        page.biggest(report.biggest());
        page.types(report.histogram());
        page.groups("Packages", report.packages());
        page.groups("Libraries", report.libraries());
        page.groups("Class loaders", report.loaders());
        page.threads(report.threads());
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
                Figures.bytes(report.bytes()),
                Figures.count(report.objects()),
                Figures.bytes(report.reachableBytes()),
                Figures.count(report.reachable()),
                Figures.count(report.classes()),
                Figures.count(report.roots()));
        line("sizes as in the running heap: %s", report.layout().describe());
        line("roots: %s", roots(report.rootsByKind()));
        if (report.unreachable().objects() > 0) {
            line(
                    "nothing holds %s objects of %s, or only weak references do; they are in no figure of what is retained",
                    Figures.count(report.unreachable().objects()),
                    Figures.bytes(report.unreachable().bytes()));
        }
        String memory = took.peakResidentBytes().isPresent()
                ? ", " + Figures.bytes(took.peakResidentBytes().getAsLong()) + " resident at most"
                : "";
        line("analysed in %s%s", Figures.took(Duration.ofMillis(took.millis())), memory);
    }

    private static String roots(Map<String, Long> byKind) {
        return byKind.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(kind -> Figures.count(kind.getValue()) + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    private void groups(String title, List<HeapReport.GroupUse> groups) {
        line("");
        line("%s", title);
        line("%12s %12s %14s %8s", "retained", "shallow", "instances", "classes");
        for (HeapReport.GroupUse group : groups) {
            line(
                    "%12s %12s %14s %8s  %s",
                    Figures.bytes(group.retained()),
                    Figures.bytes(group.shallow()),
                    Figures.count(group.instances()),
                    Figures.count(group.classes()),
                    group.name());
        }
    }

    /// Threads with the calls whose local variables hold something.
    private void threads(List<HeapReport.ThreadUse> threads) {
        line("");
        line("Threads, with the calls whose local variables keep 4 KiB or more alive");
        for (HeapReport.ThreadUse thread : threads) {
            line("%12s  \"%s\"", Figures.bytes(thread.retained()), thread.name());
            for (HeapReport.FrameUse frame : thread.frames()) {
                List<HeapReport.LocalUse> large = frame.locals().stream()
                        .filter(local -> local.retained() >= WORTH_TELLING)
                        .toList();
                if (!large.isEmpty()) {
                    line("%14sin %s", "", frame.method());
                    large.forEach(local -> line("%17s%10s  %s", "", Figures.bytes(local.retained()), local.type()));
                }
            }
        }
    }

    private void suspects(Analysis analysis) {
        List<LeakSuspect> suspects = analysis.report().suspects();
        line("");
        line(suspects.isEmpty() ? "Nothing piles up." : "What piles up");
        int rank = 1;
        for (LeakSuspect suspect : suspects) {
            line(
                    "%3d. %7s %10s  %s × %s%s",
                    rank++,
                    Figures.percent(suspect.share()),
                    Figures.bytes(suspect.retained()),
                    Figures.count(suspect.instances()),
                    suspect.type(),
                    suspect.shape() == Shape.OTHER ? "" : ": " + suspect.shape().words());
            suspect(suspect, analysis.contents(suspect));
        }
    }

    private void suspect(LeakSuspect suspect, Optional<Contents> contents) {
        detail(
                "in",
                suspect.accumulation()
                        + contents.map(known -> ", " + known.describe()).orElse(""));
        contents.ifPresent(known -> known.samples().forEach(sample -> detail("", sample)));
        String label = "held by";
        for (String field : suspect.holder()) {
            detail(label, field);
            label = "";
        }
        for (List<String> other : suspect.alsoHeldBy()) {
            detail("also by", String.join(" → ", other));
        }
        if (suspect.directBytes() > 0) {
            detail("direct", Figures.bytes(suspect.directBytes()) + " outside the heap, in direct buffers");
        }
        suspect.library().map(Library::purl).ifPresent(purl -> detail("library", purl));
    }

    private void findings(String title, List<Finding> findings) {
        if (!findings.isEmpty()) {
            line("");
            line("%s", title);
            findings.forEach(finding -> line("  - %s", finding.what()));
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
                    Figures.bytes(object.retained()),
                    Figures.bytes(object.shallow()),
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
                    Figures.bytes(type.retained()),
                    Figures.bytes(type.shallow()),
                    Figures.count(type.instances()),
                    type.type());
        }
    }
}
