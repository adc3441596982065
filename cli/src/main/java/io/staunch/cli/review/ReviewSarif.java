package io.staunch.cli.review;

import io.staunch.diagnose.review.Confidence;
import io.staunch.diagnose.review.LeakRule;
import io.staunch.diagnose.review.ReviewFinding;
import io.staunch.diagnose.review.ReviewReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/// A review as SARIF 2.1.0 (OASIS), with what code scanning needs: rules with help, a physical location and a
/// fingerprint of every result. A finding in code lies in its source file by package (`com/shop/Store.java`), relative
/// to the folder of sources; what has no source file lies in the file that was reviewed.
final class ReviewSarif {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private static final String LIBRARY_TITLE = "A library with a known leak";
    private static final String LIBRARY_WHY = "A leak of this library is published, and this version has it.";
    private static final String LIBRARY_MEND = "Upgrade to the version that the finding names, or newer.";

    private ReviewSarif() {}

    static Map<String, Object> of(ReviewReport report) {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "staunch");
        driver.put("rules", rules());
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        run.put("originalUriBaseIds", Map.of("SRCROOT", Map.of("description", message("the folder of sources"))));
        run.put("invocations", List.of(invocation(report)));
        run.put("results", report.findings().stream().map(ReviewSarif::result).toList());
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return log;
    }

    private static Map<String, Object> invocation(ReviewReport report) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("executionSuccessful", true);
        form.put(
                "toolExecutionNotifications",
                report.warnings().stream()
                        .map(warning -> Map.of("level", "warning", "message", message(warning)))
                        .toList());
        return form;
    }

    private static List<Map<String, Object>> rules() {
        List<Map<String, Object>> rules = new ArrayList<>();
        rules.add(rule(ReviewFinding.LibraryLeak.RULE, LIBRARY_TITLE, LIBRARY_WHY, LIBRARY_MEND));
        for (LeakRule rule : LeakRule.values()) {
            rules.add(rule(rule.id(), rule.title(), rule.why(), rule.mend()));
        }
        return rules;
    }

    private static Map<String, Object> rule(String id, String title, String why, String mend) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("id", id);
        form.put("shortDescription", message(title));
        form.put("fullDescription", message(why));
        Map<String, Object> help = new LinkedHashMap<>(message(why + " " + mend));
        help.put("markdown", "**" + title + ".** " + why + "\n\n" + mend);
        form.put("help", help);
        form.put("defaultConfiguration", Map.of("level", "warning"));
        form.put("properties", Map.of("tags", List.of("memory-leak", "reliability")));
        return form;
    }

    private static Map<String, Object> result(ReviewFinding finding) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("ruleId", finding.rule());
        form.put("level", finding.confidence() == Confidence.CERTAIN ? "error" : "warning");
        form.put("message", message(sentence(finding)));
        form.put("locations", List.of(location(finding)));
        form.put("partialFingerprints", Map.of("staunchFinding/v1", fingerprint(finding)));
        return form;
    }

    private static String sentence(ReviewFinding finding) {
        String subject = switch (finding) {
            case ReviewFinding.LibraryLeak library -> library.purl();
            case ReviewFinding.CodeLeak code ->
                code.type() + code.method().map(method -> "." + method).orElse("");
        };
        return subject + " " + finding.what() + ". " + finding.why() + " " + finding.mend()
                + finding.reference().map(reference -> " See " + reference).orElse("");
    }

    private static Map<String, Object> location(ReviewFinding finding) {
        return switch (finding) {
            case ReviewFinding.LibraryLeak library -> Map.of("physicalLocation", physical(file(library.source()), 1));
            case ReviewFinding.CodeLeak code -> {
                Map<String, Object> form = new LinkedHashMap<>();
                form.put(
                        "physicalLocation",
                        physical(
                                code.sourceFile().map(ReviewSarif::source).orElse(file(code.source())),
                                code.line().orElse(1)));
                form.put(
                        "logicalLocations",
                        List.of(Map.of(
                                "fullyQualifiedName",
                                code.type()
                                        + code.method()
                                                .map(method -> "." + method)
                                                .orElse(""))));
                yield form;
            }
        };
    }

    private static Map<String, Object> physical(Map<String, Object> artifact, int line) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("artifactLocation", artifact);
        form.put("region", Map.of("startLine", Math.max(1, line)));
        return form;
    }

    private static Map<String, Object> source(String path) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("uri", escaped(path));
        form.put("uriBaseId", "SRCROOT");
        return form;
    }

    private static Map<String, Object> file(String source) {
        return Map.of("uri", escaped(source));
    }

    /// A path as a relative reference (RFC 3986): what may not stand in one as bytes in hexadecimal.
    private static String escaped(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte b : path.replace('\\', '/').getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~/!$&'()*+,;=@".indexOf(c) >= 0);
            uri.append(
                    plain
                            ? String.valueOf(c)
                            : "%" + Integer.toHexString(0x100 | c).substring(1).toUpperCase(Locale.ROOT));
        }
        return uri.toString();
    }

    /// The same for the same finding in the next build: without its line.
    private static String fingerprint(ReviewFinding finding) {
        String identity = switch (finding) {
            case ReviewFinding.LibraryLeak library ->
                library.purl() + " " + library.leak().id();
            case ReviewFinding.CodeLeak code -> code.type() + " " + code.method() + " " + code.what();
        };
        return UUID.nameUUIDFromBytes((finding.rule() + " " + identity).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static Map<String, Object> message(String text) {
        return Map.of("text", text);
    }
}
