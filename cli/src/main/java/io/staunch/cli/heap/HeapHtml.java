package io.staunch.cli.heap;

import io.staunch.diagnose.Figures;
import io.staunch.heap.HeapReport;
import io.staunch.heap.LeakSuspect;
import io.staunch.heap.Library;
import java.time.Duration;
import java.util.List;

/// A heap report as one page that loads nothing.
final class HeapHtml {
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1c2330;background:#fff}
            h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}code{font:13px ui-monospace,monospace}
            table{border-collapse:collapse;width:100%}td,th{padding:.25rem .6rem;text-align:left;border-bottom:1px solid #e3e7ee}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            .suspect{border:1px solid #d5dbe6;border-radius:6px;padding:.8rem 1rem;margin:.8rem 0}
            .bar{background:#e8ecf3;height:6px;border-radius:3px}.bar i{display:block;height:6px;border-radius:3px;background:#b3261e}
            ol.path{margin:.4rem 0;padding-left:1.4rem}.warn{background:#fff4d6;padding:.5rem 1rem;border-radius:6px}
            @media(prefers-color-scheme:dark){body{background:#14181f;color:#dfe5ee}td,th{border-color:#2c3442}.suspect{border-color:#364052}.bar{background:#2c3442}.warn{background:#4a3b10}}
            """;

    private final StringBuilder page = new StringBuilder();

    private HeapHtml() {}

    static String of(HeapReport report, Took.Figures took) {
        HeapHtml html = new HeapHtml();
        html.head(report, took);
        html.raw("<h2>What piles up</h2>");
        report.suspects().forEach(html::suspect);
        html.biggest(report.biggest());
        html.types(report.histogram());
        html.raw("</body></html>");
        return html.page.toString();
    }

    private void raw(String markup) {
        page.append(markup).append('\n');
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private void head(HeapReport report, Took.Figures took) {
        raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
        raw("<meta name=\"viewport\" content=\"width=device-width\"><title>" + escape(report.file()) + "</title>");
        raw("<style>" + STYLE + "</style></head><body>");
        raw("<h1>" + escape(report.file()) + "</h1>");
        raw("<p>" + Figures.bytes(report.bytes()) + " in " + Figures.count(report.objects()) + " objects, of which "
                + Figures.bytes(report.reachableBytes()) + " in " + Figures.count(report.reachable())
                + " are reachable; " + Figures.count(report.classes()) + " classes, " + Figures.count(report.roots())
                + " roots; " + escape(report.layout().describe()) + "; analysed in "
                + Figures.took(Duration.ofMillis(took.millis()))
                + "</p>");
        report.warnings().forEach(warning -> raw("<p class=\"warn\">" + escape(warning) + "</p>"));
    }

    private void suspect(LeakSuspect suspect) {
        raw("<div class=\"suspect\"><b>" + Figures.percent(suspect.share()) + "</b> <code>" + escape(suspect.type())
                + "</code><div class=\"bar\"><i style=\"width:" + Math.round(100 * Math.min(1, suspect.share()))
                + "%\"></i></div>");
        raw("<p>" + escape(suspect.why()) + "</p><ol class=\"path\">");
        suspect.holder().forEach(field -> raw("<li><code>" + escape(field) + "</code></li>"));
        raw("</ol>");
        suspect.library()
                .map(Library::purl)
                .ifPresent(purl -> raw("<p>owned by <code>" + escape(purl) + "</code></p>"));
        raw("</div>");
    }

    private void biggest(List<HeapReport.BigObject> biggest) {
        raw("<h2>Biggest objects</h2><table><tr><th class=\"n\">retained<th class=\"n\">shallow<th>object</tr>");
        for (HeapReport.BigObject object : biggest) {
            raw("<tr><td class=\"n\">" + Figures.bytes(object.retained()) + "<td class=\"n\">"
                    + Figures.bytes(object.shallow()) + "<td><code>" + escape(object.type()) + " 0x"
                    + Long.toHexString(object.id()) + " " + escape(object.label()) + "</code></tr>");
        }
        raw("</table>");
    }

    private void types(List<HeapReport.TypeUse> types) {
        raw("<h2>Types</h2><table><tr><th class=\"n\">retained<th class=\"n\">shallow<th class=\"n\">instances"
                + "<th>type</tr>");
        for (HeapReport.TypeUse type : types) {
            raw("<tr><td class=\"n\">" + Figures.bytes(type.retained()) + "<td class=\"n\">"
                    + Figures.bytes(type.shallow()) + "<td class=\"n\">" + Figures.count(type.instances())
                    + "<td><code>" + escape(type.type()) + "</code></tr>");
        }
        raw("</table>");
    }
}
