package io.staunch.cli.review;

import io.staunch.diagnose.Figures;
import io.staunch.diagnose.review.ReviewFinding;
import io.staunch.diagnose.review.ReviewReport;
import java.util.List;

/// A review for people: by file, the worst first; of each finding where it is, why it leaks and what to do.
final class ReviewText {
    private final StringBuilder text = new StringBuilder();

    private ReviewText() {}

    static String of(ReviewReport report) {
        ReviewText page = new ReviewText();
        String source = "";
        for (ReviewFinding finding : report.findings()) {
            if (!finding.source().equals(source)) {
                source = finding.source();
                page.line(0, source);
            }
            page.finding(finding);
        }
        page.foot(report);
        return page.text.toString();
    }

    private void line(int indent, String line) {
        text.append(" ".repeat(indent)).append(line).append('\n');
    }

    private void finding(ReviewFinding finding) {
        line(
                2,
                switch (finding) {
                            case ReviewFinding.LibraryLeak library -> library.purl() + " " + library.what();
                            case ReviewFinding.CodeLeak code -> where(code) + " " + code.what();
                        }
                        + " [" + finding.rule() + ", " + finding.confidence().symbol() + "]");
        line(6, "why  " + finding.why());
        line(6, "do   " + finding.mend());
        finding.reference().ifPresent(reference -> line(6, "see  " + reference));
    }

    /// As in a stack trace, so that editors find it.
    private static String where(ReviewFinding.CodeLeak code) {
        String file = code.sourceFile()
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .orElse("Unknown Source");
        String line = code.line().isPresent() ? ":" + code.line().getAsInt() : "";
        String method = code.method()
                .map(name -> name.startsWith("a ") ? " " + name : "." + name)
                .orElse("");
        return code.type() + method + " (" + file + line + ")";
    }

    private void foot(ReviewReport report) {
        List<ReviewFinding> findings = report.findings();
        ReviewReport.Counts counts = report.reviewed();
        long libraries = findings.stream()
                .filter(ReviewFinding.LibraryLeak.class::isInstance)
                .count();
        line(
                0,
                findings.isEmpty()
                        ? "Nothing found."
                        : Figures.count(libraries) + " known leaks of libraries, "
                                + Figures.count(findings.size() - libraries) + " places in code.");
        line(
                0,
                "Reviewed: " + Figures.count(counts.jars()) + " jars, " + Figures.count(counts.classes()) + " classes, "
                        + Figures.count(counts.methods()) + " methods; " + Figures.count(counts.libraries())
                        + " libraries against " + Figures.count(counts.knownLeaks()) + " known leaks, "
                        + Figures.count(counts.unidentified()) + " not identified.");
        if (report.untold() > 0) {
            line(0, Figures.count(report.untold()) + " more that are more often no leak: --all shows them.");
        }
    }
}
