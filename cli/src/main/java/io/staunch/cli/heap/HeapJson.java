package io.staunch.cli.heap;

import io.staunch.heap.Contents;
import io.staunch.heap.Finding;
import io.staunch.heap.HeapReport;
import io.staunch.heap.LeakSuspect;
import io.staunch.heap.Library;
import io.staunch.heap.Shape;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A heap report as `staunch.heap/1`.
final class HeapJson {
    private HeapJson() {}

    static Map<String, Object> of(Analysis analysis) {
        HeapReport report = analysis.report();
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("schema", "staunch.heap/1");
        form.put("file", report.file());
        form.put("objects", report.objects());
        form.put("reachable", report.reachable());
        form.put("bytes", report.bytes());
        form.put("reachableBytes", report.reachableBytes());
        form.put("classes", report.classes());
        form.put("roots", report.roots());
        form.put("rootsByKind", report.rootsByKind());
        form.put("layout", layout(report));
        shares(form, report);
        form.put(
                "suspects",
                report.suspects().stream()
                        .map(suspect -> suspect(suspect, analysis))
                        .toList());
        form.put("findings", report.findings().stream().map(HeapJson::finding).toList());
        if (!analysis.waste().isEmpty()) {
            form.put("waste", analysis.waste().stream().map(HeapJson::finding).toList());
        }
        if (!report.warnings().isEmpty()) {
            form.put("warnings", report.warnings());
        }
        form.put("took", took(analysis.took()));
        return form;
    }

    /// Where the bytes are.
    private static void shares(Map<String, Object> form, HeapReport report) {
        form.put("biggest", report.biggest().stream().map(HeapJson::big).toList());
        form.put("histogram", report.histogram().stream().map(HeapJson::type).toList());
        form.put("packages", report.packages().stream().map(HeapJson::group).toList());
        form.put("loaders", report.loaders().stream().map(HeapJson::group).toList());
        form.put("libraries", report.libraries().stream().map(HeapJson::group).toList());
        form.put("threads", report.threads().stream().map(HeapJson::thread).toList());
        form.put("unreachable", unreachable(report.unreachable()));
    }

    private static Map<String, Object> layout(HeapReport report) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("referenceBytes", report.layout().referenceBytes());
        form.put("headerBytes", report.layout().headerBytes());
        form.put("arrayHeaderBytes", report.layout().arrayHeaderBytes());
        form.put("alignmentBytes", report.layout().alignmentBytes());
        return form;
    }

    private static Map<String, Object> big(HeapReport.BigObject object) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("object", "0x" + Long.toHexString(object.id()));
        form.put("type", object.type());
        if (!object.label().isEmpty()) {
            form.put("label", object.label());
        }
        form.put("shallow", object.shallow());
        form.put("retained", object.retained());
        return form;
    }

    private static Map<String, Object> type(HeapReport.TypeUse type) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("type", type.type());
        form.put("instances", type.instances());
        form.put("shallow", type.shallow());
        form.put("retained", type.retained());
        return form;
    }

    private static Map<String, Object> group(HeapReport.GroupUse group) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("name", group.name());
        form.put("classes", group.classes());
        form.put("instances", group.instances());
        form.put("shallow", group.shallow());
        form.put("retained", group.retained());
        return form;
    }

    private static Map<String, Object> thread(HeapReport.ThreadUse thread) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("name", thread.name());
        form.put("type", thread.type());
        form.put("object", "0x" + Long.toHexString(thread.id()));
        form.put("retained", thread.retained());
        form.put("frames", thread.frames().stream().map(HeapJson::frame).toList());
        return form;
    }

    private static Map<String, Object> frame(HeapReport.FrameUse frame) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("method", frame.method());
        if (!frame.locals().isEmpty()) {
            form.put("locals", frame.locals().stream().map(HeapJson::local).toList());
        }
        return form;
    }

    private static Map<String, Object> local(HeapReport.LocalUse local) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("object", "0x" + Long.toHexString(local.id()));
        form.put("type", local.type());
        form.put("retained", local.retained());
        return form;
    }

    private static Map<String, Object> unreachable(HeapReport.Unreachable unreachable) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("objects", unreachable.objects());
        form.put("bytes", unreachable.bytes());
        form.put("types", unreachable.types().stream().map(HeapJson::type).toList());
        return form;
    }

    private static Map<String, Object> suspect(LeakSuspect suspect, Analysis analysis) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("type", suspect.type());
        form.put("accumulation", suspect.accumulation());
        form.put("instances", suspect.instances());
        form.put("retained", suspect.retained());
        if (suspect.directBytes() > 0) {
            form.put("directBytes", suspect.directBytes());
        }
        form.put("share", Math.round(suspect.share() * 10_000) / 10_000.0);
        form.put("holder", suspect.holder());
        if (!suspect.alsoHeldBy().isEmpty()) {
            form.put("alsoHeldBy", suspect.alsoHeldBy());
        }
        analysis.contents(suspect).ifPresent(contents -> form.put("contents", contents(contents)));
        library(form, suspect.library());
        form.put("shape", shape(suspect.shape()));
        form.put("why", suspect.why());
        return form;
    }

    private static String shape(Shape shape) {
        return shape.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<String, Object> contents(Contents contents) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("type", contents.type());
        form.put("elements", contents.elements());
        form.put("complete", contents.complete());
        form.put("keys", contents.keys().stream().map(HeapJson::count).toList());
        form.put("values", contents.values().stream().map(HeapJson::count).toList());
        if (!contents.samples().isEmpty()) {
            form.put("samples", contents.samples());
        }
        return form;
    }

    private static Map<String, Object> count(Contents.TypeCount count) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("type", count.type());
        form.put("count", count.count());
        return form;
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("shape", shape(finding.shape()));
        form.put("count", finding.count());
        form.put("bytes", finding.bytes());
        form.put("what", finding.what());
        if (!finding.holder().isEmpty()) {
            form.put("holder", finding.holder());
        }
        return form;
    }

    static void library(Map<String, Object> form, Optional<Library> library) {
        library.ifPresent(known -> form.put("library", known.purl()));
    }

    static Map<String, Object> took(Took.Figures took) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("millis", took.millis());
        took.peakResidentBytes().ifPresent(bytes -> form.put("peakResidentBytes", bytes));
        return form;
    }
}
