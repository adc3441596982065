package io.staunch.incident;

import io.staunch.diagnose.Culprit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;

/// The postmortem as one self-contained page: the Markdown's own sentences, with plots of what was measured and the
/// journey as drawings. Whatever of the record looks like markup is shown as text.
public final class PostmortemHtml {
    private static final List<TablesExtension> EXTENSIONS = List.of((TablesExtension) TablesExtension.create());
    private static final String BY_TYPE = "heap by type: ";
    private static final int MOST_PLOTS = 4;
    private static final List<String> AROUND = List.of("latency", "requests per second", "error rate");
    private static final String STYLE = style();

    private PostmortemHtml() {}

    public static String page(Incident incident, Tone tone) {
        Node document = Parser.builder().extensions(EXTENSIONS).build().parse(Postmortem.markdown(incident, tone));
        insertPlots(document, incident);
        drawJourney(document, incident);
        HtmlRenderer renderer = HtmlRenderer.builder()
                .extensions(EXTENSIONS)
                .escapeHtml(true)
                .sanitizeUrls(true)
                .nodeRendererFactory(context -> new Drawings(context.getWriter()))
                .nodeRendererFactory(context -> new LineBreaks(context.getWriter()))
                .attributeProviderFactory(_ -> (node, tag, attributes) -> {
                    if (node instanceof TableBlock && tag.equals("table")) {
                        attributes.put("class", columns(node) == 2 ? "pairs" : "wide columns" + columns(node));
                    }
                })
                .build();
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/><title>"
                + Svg.escaped(Voice.of(tone).title(incident)) + "</title><style>" + STYLE
                + "</style></head><body><main>\n" + renderer.render(document) + "</main></body></html>\n";
    }

    /// What a Content-Security-Policy has to allow of it: its own style sheet and nothing else.
    public static String policy() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
            return "default-src 'none'; style-src 'sha256-"
                    + Base64.getEncoder().encodeToString(digest)
                    + "'; frame-ancestors 'none'; base-uri 'none'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256 in every JDK", e);
        }
    }

    private static int columns(Node table) {
        Node row = table.getFirstChild().getFirstChild();
        int columns = 0;
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            columns++;
        }
        return columns;
    }

    private static void insertPlots(Node document, Incident incident) {
        Optional<TimeScale> scale = Plot.scale(incident);
        if (scale.isEmpty()) {
            return;
        }
        StringBuilder html = new StringBuilder("<h2>How it went</h2>");
        for (Course course : plotted(incident)) {
            html.append("<figure><figcaption>")
                    .append(Svg.escaped(Sentences.capital(course.series().name())))
                    .append("</figcaption>")
                    .append(Plot.svg(incident, course, scale.get()))
                    .append("</figure>");
        }
        html.append("<ol class=\"marks\">");
        for (Mark mark : Mark.of(incident)) {
            html.append("<li class=\"")
                    .append(mark.name())
                    .append("\">")
                    .append(Times.clock(mark.at()))
                    .append(' ')
                    .append(Svg.escaped(mark.what()))
                    .append("</li>");
        }
        html.append("</ol>");
        heading(document, Postmortem.TIMELINE).ifPresent(at -> at.insertBefore(new Drawing(html.toString())));
    }

    /// The series that grew, the bytes of the type that piled up, and what users felt.
    private static List<Course> plotted(Incident incident) {
        List<Course> plotted = new ArrayList<>();
        plotted.add(incident.courses().getFirst());
        incident.culprit()
                .flatMap(Culprit::lead)
                .flatMap(lead -> incident.courses().stream()
                        .filter(course -> course.series().name().equals(BY_TYPE + lead.type()))
                        .findFirst())
                .ifPresent(plotted::add);
        for (String name : AROUND) {
            incident.courses().stream()
                    .filter(course -> course.series().name().equals(name) && course.highest() > 0)
                    .findFirst()
                    .ifPresent(plotted::add);
        }
        return plotted.subList(0, Math.min(MOST_PLOTS, plotted.size()));
    }

    private static void drawJourney(Node document, Incident incident) {
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof FencedCodeBlock) {
                Node drawing = new Drawing("<figure>" + JourneyPicture.svg(incident) + "</figure>");
                node.insertBefore(drawing);
                node.unlink();
                node = drawing;
            }
        }
    }

    private static Optional<Node> heading(Node document, String title) {
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading
                    && node.getFirstChild() instanceof Text text
                    && text.getLiteral().equals(title)) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }

    private static String style() {
        try (InputStream in = PostmortemHtml.class.getResourceAsStream("postmortem.css")) {
            if (in == null) {
                throw new IllegalStateException("expected postmortem.css in the jar, found none");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("expected to read postmortem.css from the jar", e);
        }
    }

    /// Markup of our own among the sentences.
    private static final class Drawing extends org.commonmark.node.CustomBlock {
        private final String html;

        Drawing(String html) {
            this.html = html;
        }
    }

    private record Drawings(HtmlWriter writer) implements NodeRenderer {
        @Override
        public java.util.Set<Class<? extends Node>> getNodeTypes() {
            return java.util.Set.of(Drawing.class);
        }

        @Override
        public void render(Node node) {
            writer.line();
            writer.raw(((Drawing) node).html);
            writer.line();
        }
    }

    /// Of all markup within sentences only the line break that our tables use is one; the rest is text.
    private record LineBreaks(HtmlWriter writer) implements NodeRenderer {
        @Override
        public java.util.Set<Class<? extends Node>> getNodeTypes() {
            return java.util.Set.of(HtmlInline.class);
        }

        @Override
        public void render(Node node) {
            String literal = ((HtmlInline) node).getLiteral();
            if (literal.equals("<br>")) {
                writer.raw("<br/>");
            } else {
                writer.text(literal);
            }
        }
    }
}
