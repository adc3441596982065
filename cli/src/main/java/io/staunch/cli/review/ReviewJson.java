package io.staunch.cli.review;

import io.staunch.diagnose.review.ReviewFinding;
import io.staunch.diagnose.review.ReviewReport;
import java.util.LinkedHashMap;
import java.util.Map;

/// A review as `staunch.review/1`. What is not known has no key.
final class ReviewJson {
    private ReviewJson() {}

    static Map<String, Object> of(ReviewReport report) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("schema", "staunch.review/1");
        form.put("reviewed", reviewed(report));
        form.put("findings", report.findings().stream().map(ReviewJson::finding).toList());
        form.put("warnings", report.warnings());
        return form;
    }

    private static Map<String, Object> reviewed(ReviewReport report) {
        Map<String, Object> form = new LinkedHashMap<>();
        ReviewReport.Counts counts = report.reviewed();
        form.put("jars", counts.jars());
        form.put("classes", counts.classes());
        form.put("methods", counts.methods());
        form.put("libraries", counts.libraries());
        form.put("unidentified", counts.unidentified());
        form.put("knownLeaks", counts.knownLeaks());
        form.put("untold", report.untold());
        return form;
    }

    private static Map<String, Object> finding(ReviewFinding finding) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("rule", finding.rule());
        form.put("kind", kind(finding));
        form.put("confidence", finding.confidence().symbol());
        form.put("source", finding.source());
        finding.library().ifPresent(purl -> form.put("library", purl));
        switch (finding) {
            case ReviewFinding.LibraryLeak library -> {
                form.put("id", library.leak().id());
                library.fixedIn().ifPresent(version -> form.put("fixedIn", version));
            }
            case ReviewFinding.CodeLeak code -> {
                form.put("type", code.type());
                code.method().ifPresent(method -> form.put("method", method));
                code.line().ifPresent(line -> form.put("line", line));
            }
        }
        form.put("what", finding.what());
        form.put("why", finding.why());
        form.put("mend", finding.mend());
        finding.reference().ifPresent(reference -> form.put("reference", reference));
        return form;
    }

    private static String kind(ReviewFinding finding) {
        return switch (finding) {
            case ReviewFinding.LibraryLeak _ -> "library";
            case ReviewFinding.CodeLeak _ -> "code";
        };
    }
}
