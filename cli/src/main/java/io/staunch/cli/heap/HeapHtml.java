package io.staunch.cli.heap;

import io.staunch.diagnose.Figures;
import io.staunch.heap.Contents;
import io.staunch.heap.Finding;
import io.staunch.heap.HeapReport;
import io.staunch.heap.LeakSuspect;
import io.staunch.heap.Library;
import io.staunch.heap.RetainedNode;
import io.staunch.heap.Shape;
import io.staunch.server.web.HeapMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A heap report as one page that loads nothing: readable without scripts, sortable and clickable with them. Never
/// shows values.
final class HeapHtml {
    private final Markup page = new Markup();

    private HeapHtml() {}

    /// @param owners of the types in the tree, as package URLs, where known
    static String of(Analysis analysis, RetainedNode retained, Map<String, String> owners) {
        HeapReport report = analysis.report();
        HeapHtml html = new HeapHtml();
        html.head(report, analysis.took());
        html.suspects(report.suspects());
        html.findings(report.findings(), analysis.waste());
        html.icicle(retained, owners);
        html.types(report.histogram());
        html.biggest(report.biggest());
        html.groups("libraries", "Libraries", report.libraries());
        html.groups("packages", "Packages", report.packages());
        html.groups("loaders", "Class loaders", report.loaders());
        html.threads(report.threads());
        html.foot(report);
        return html.page.toString();
    }

    private void head(HeapReport report, Took.Figures took) {
        page.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .raw("<meta name=\"color-scheme\" content=\"light dark\"><title>")
                .text(report.file())
                .raw("</title><style>" + Markup.resource("page.css") + "</style></head><body><header><h1>")
                .text(report.file())
                .raw("</h1><div class=\"figures\">");
        figure(Figures.bytes(report.reachableBytes()), "reachable");
        figure(Figures.count(report.reachable()), "reachable objects");
        figure(Figures.bytes(report.unreachable().bytes()), "that nothing holds");
        figure(Figures.count(report.classes()), "classes");
        figure(Figures.count(report.roots()), "roots");
        figure(Figures.took(Duration.ofMillis(took.millis())), "to analyse");
        page.raw("</div>");
        report.warnings()
                .forEach(warning -> page.raw("<p class=\"warn\">").text(warning).raw("</p>"));
        page.raw("<nav><a href=\"#suspects\">What piles up</a><a href=\"#retains\">What retains what</a>"
                + "<a href=\"#types\">Types</a><a href=\"#biggest\">Biggest objects</a>"
                + "<a href=\"#libraries\">Libraries</a><a href=\"#packages\">Packages</a>"
                + "<a href=\"#loaders\">Class loaders</a><a href=\"#threads\">Threads</a></nav></header><main>");
    }

    private void figure(String value, String what) {
        page.raw("<div><b>").text(value).raw("</b><span>").text(what).raw("</span></div>");
    }

    private void suspects(List<LeakSuspect> suspects) {
        page.raw("<section id=\"suspects\"><h2>What piles up</h2>");
        if (suspects.isEmpty()) {
            page.raw("<p>Nothing piles up.</p>");
        }
        boolean first = true;
        for (LeakSuspect suspect : suspects) {
            suspect(suspect, first);
            first = false;
        }
        page.raw("</section>");
    }

    private void suspect(LeakSuspect suspect, boolean open) {
        page.raw("<details class=\"suspect\"" + (open ? " open" : "") + "><summary><span class=\"share\">")
                .text(Figures.percent(suspect.share()))
                .raw("</span><h3>")
                .text(Figures.count(suspect.instances()) + " × " + suspect.type())
                .raw("</h3>")
                .text(
                        suspect.shape() == Shape.OTHER
                                ? ""
                                : ": " + suspect.shape().words())
                .raw("</summary><div class=\"bar\"><i style=\"width:" + Math.round(100 * Math.min(1, suspect.share()))
                        + "%\"></i></div><p>")
                .text(suspect.why() + ".")
                .raw("</p>");
        path(suspect.holder());
        page.raw("<dl>");
        row("container", suspect.accumulation());
        suspect.contents().map(Contents::describe).ifPresent(contents -> row("contents", contents));
        suspect.alsoHeldBy().forEach(other -> row("also held by", String.join(" → ", other)));
        row("owner", suspect.library().map(Library::purl).orElse("the application, or not known"));
        page.raw("</dl></details>");
    }

    /// The field that says most is set off.
    private void path(List<String> holder) {
        int telling = 0;
        for (int i = 0; i < holder.size(); i++) {
            String field = holder.get(i).replaceFirst("^static ", "");
            boolean own = !field.startsWith("java.") && !field.startsWith("jdk.") && field.indexOf(' ') < 0;
            telling = own ? i : telling;
        }
        page.raw("<ol class=\"path\">");
        for (int i = 0; i < holder.size(); i++) {
            page.raw(i == telling ? "<li class=\"telling\">" : "<li>")
                    .text(holder.get(i))
                    .raw("</li>");
        }
        page.raw("</ol>");
    }

    private void row(String name, String value) {
        page.raw("<dt>").text(name).raw("</dt><dd class=\"name\">").text(value).raw("</dd>");
    }

    private void findings(List<Finding> findings, List<Finding> waste) {
        if (findings.isEmpty() && waste.isEmpty()) {
            return;
        }
        page.raw("<section id=\"findings\"><h2>What else shows</h2><ul>");
        findings.forEach(finding -> page.raw("<li>").text(finding.what()).raw("</li>"));
        waste.forEach(finding -> page.raw("<li>").text(finding.what()).raw("</li>"));
        page.raw("</ul></section>");
    }

    private void icicle(RetainedNode retained, Map<String, String> owners) {
        page.raw("<section id=\"retains\"><h2>What retains what</h2><p class=\"faint\">Each row is held by the"
                        + " one above; the width is what would be free without it. Press a box to go into it;"
                        + " arrow keys walk, Escape comes out.</p><p id=\"key\"></p><div id=\"crumbs\"></div><div"
                        + " id=\"icicle\"></div><p id=\"told\" aria-live=\"polite\"></p><script id=\"owners\""
                        + " type=\"application/json\">")
                .json(owners)
                .raw("</script><script id=\"retained\" type=\"application/json\">")
                .json(HeapMap.form(retained))
                .raw("</script></section>");
    }

    private void types(List<HeapReport.TypeUse> types) {
        page.raw("<section id=\"types\"><h2>Types</h2>"
                + "<input type=\"search\" data-filters=\"t-types\" placeholder=\"only types with …\""
                + " aria-label=\"only types with these words\">");
        page.head("t-types", "retained", "shallow", "instances", "type");
        for (HeapReport.TypeUse type : types) {
            page.raw("<tr>").bytes(type.retained()).bytes(type.shallow()).count(type.instances());
            page.name(type.type()).raw("</tr>");
        }
        page.raw("</tbody></table></div></section>");
    }

    private void biggest(List<HeapReport.BigObject> biggest) {
        page.raw("<section id=\"biggest\"><h2>Biggest objects</h2>");
        page.head("t-biggest", "retained", "shallow", "object");
        for (HeapReport.BigObject object : biggest) {
            page.raw("<tr>").bytes(object.retained()).bytes(object.shallow());
            page.name(object.type() + " 0x" + Long.toHexString(object.id()) + " " + object.label())
                    .raw("</tr>");
        }
        page.raw("</tbody></table></div></section>");
    }

    private void groups(String id, String title, List<HeapReport.GroupUse> groups) {
        page.raw("<section id=\"" + id + "\"><h2>" + title + "</h2>");
        page.head("t-" + id, "retained", "shallow", "instances", "classes", "name");
        for (HeapReport.GroupUse group : groups) {
            page.raw("<tr>").bytes(group.retained()).bytes(group.shallow()).count(group.instances());
            page.count(group.classes()).name(group.name()).raw("</tr>");
        }
        page.raw("</tbody></table></div></section>");
    }

    private void threads(List<HeapReport.ThreadUse> threads) {
        page.raw("<section id=\"threads\"><h2>Threads</h2>");
        for (HeapReport.ThreadUse thread : threads) {
            page.raw("<details class=\"thread\"><summary>")
                    .text(Figures.bytes(thread.retained()) + " ")
                    .raw("<code>")
                    .text(thread.name())
                    .raw("</code></summary><ul>");
            for (HeapReport.FrameUse frame : thread.frames()) {
                page.raw("<li><code>").text(frame.method()).raw("</code>");
                frame.locals()
                        .forEach(local -> page.raw("<br><span class=\"faint\">holds ")
                                .text(local.type() + ", " + Figures.bytes(local.retained()))
                                .raw("</span>"));
                page.raw("</li>");
            }
            page.raw("</ul></details>");
        }
        page.raw("</section>");
    }

    private void foot(HeapReport report) {
        String roots = report.rootsByKind().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(kind -> Figures.count(kind.getValue()) + " " + kind.getKey())
                .collect(Collectors.joining(", "));
        page.raw("</main><footer><p>")
                .text("Sizes are those of the running heap: " + report.layout().describe()
                        + ". Retained is what would be free without it. Roots: " + roots + ".")
                .raw("</p></footer><script type=\"module\">" + HeapMap.script() + Markup.resource("page.js")
                        + "</script></body></html>");
    }
}
