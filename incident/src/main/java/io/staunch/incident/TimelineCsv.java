package io.staunch.incident;

import java.util.List;
import java.util.Locale;

/// The timeline of an incident for spreadsheets, as RFC 4180 has it: time in UTC, kind, sentence, evidence.
public final class TimelineCsv {
    private TimelineCsv() {}

    public static String of(Incident incident) {
        StringBuilder csv = new StringBuilder("time,kind,what,evidence\r\n");
        for (Entry entry : incident.timeline()) {
            csv.append(String.join(
                            ",",
                            List.of(
                                    entry.at().toString(),
                                    entry.kind().name().toLowerCase(Locale.ROOT),
                                    cell(entry.sentence()),
                                    cell(String.join(" ", entry.evidence())))))
                    .append("\r\n");
        }
        return csv.toString();
    }

    /// Quoted; a spreadsheet must not take it for a formula.
    private static String cell(String text) {
        String safe = text.matches("(?s)[=+@\\t\\r-].*") ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
