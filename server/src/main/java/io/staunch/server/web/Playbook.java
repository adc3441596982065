package io.staunch.server.web;

import io.staunch.diagnose.LeakKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/// The playbook, a page for each kind of leak, drawn from the Markdown of `docs/playbook`, which lies in the jar.
final class Playbook {
    static final String PATH = "/playbook";

    private static final List<TablesExtension> EXTENSIONS = List.of((TablesExtension) TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true).build();

    private Playbook() {}

    /// Answers [#PATH] and what lies below it.
    static Response answer(String path) {
        String page = path.equals(PATH) || path.equals(PATH + "/") ? "README" : path.substring(PATH.length() + 1);
        boolean known = path.length() <= PATH.length() + 1
                || Arrays.stream(LeakKind.values()).anyMatch(kind -> kind.slug().equals(page));
        return (known ? markdown(page) : Optional.<String>empty())
                .map(text -> Response.text("text/html; charset=utf-8", html(text)))
                .orElseGet(() -> Response.error(404, "expected a kind of leak, found none such: /playbook lists them"));
    }

    private static Optional<String> markdown(String page) {
        try (InputStream in = Playbook.class.getResourceAsStream("playbook/" + page + ".md")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String html(String markdown) {
        Node document = PARSER.parse(markdown);
        Reader reader = new Reader();
        document.accept(reader);
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s · Staunch</title>
            <link rel="icon" href="/icon.svg">
            <link rel="stylesheet" href="/style.css">
            </head>
            <body>
            <a class="skip" href="#main">To the content</a>
            <header><a class="brand" href="/">Staunch</a><nav aria-label="Further"><a href="/#/h">Heap dumps</a> <a href="/playbook">Playbook</a></nav></header>
            <main id="main" tabindex="-1"><article class="text">
            %s</article></main>
            </body>
            </html>
            """.formatted(reader.title, RENDERER.render(document));
    }

    /// Finds the title, and turns links between the Markdown's files into links between pages.
    private static final class Reader extends AbstractVisitor {
        private String title = "Playbook";

        @Override
        public void visit(Heading heading) {
            if (heading.getLevel() == 1 && heading.getFirstChild() instanceof Text text) {
                title = text.getLiteral();
            }
            visitChildren(heading);
        }

        @Override
        public void visit(Link link) {
            String to = link.getDestination();
            if (to.matches("[a-z-]+\\.md")) {
                link.setDestination(PATH + "/" + to.substring(0, to.length() - 3));
            }
            visitChildren(link);
        }
    }
}
