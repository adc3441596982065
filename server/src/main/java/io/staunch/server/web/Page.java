package io.staunch.server.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The page, all from our own jars: nothing is fetched from elsewhere. It comes in one answer with its style, its
/// script and what is known at that moment, so that a browser has nothing to wait for before it draws.
final class Page {
    static final String FRONT = "/";
    static final Page NONE = new Page(Map.of(), Optional.empty());

    static final Page WHOLE = new Page(
            Map.of(
                    "/style.css", new Asset("style.css", "text/css; charset=utf-8"),
                    "/icon.svg", new Asset("icon.svg", "image/svg+xml")),
            Optional.of(Front.read()));

    private static final byte[] LESS_THAN = "\\u003c".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, Asset> assets;
    private final Optional<Front> front;

    private record Asset(String resource, String type) {}

    private Page(Map<String, Asset> assets, Optional<Front> front) {
        this.assets = assets;
        this.front = front;
    }

    /// What stands before and after what is known.
    private static final class Front {
        private static final String STYLE = "/* style */";
        private static final String SCRIPT = "/* script */";
        private static final String KNOWN = "/* known */";
        /// Each only imports from those before it.
        private static final List<String> MODULES = List.of(
                "figures", "dom", "live", "parts", "chart", "icicle", "overview", "target", "incident", "heap", "app");

        private final byte[] before;
        private final byte[] after;
        private final String policy;

        private Front(byte[] before, byte[] after, String policy) {
            this.before = before;
            this.after = after;
            this.policy = policy;
        }

        static Front read() {
            String style = text("style.css");
            String script = Bundle.of(MODULES, name -> text(name + ".js"));
            String[] halves = text("index.html")
                    .replace(STYLE, style)
                    .replace(SCRIPT, script)
                    .split(Pattern.quote(KNOWN), -1);
            return new Front(
                    halves[0].getBytes(StandardCharsets.UTF_8),
                    halves[1].getBytes(StandardCharsets.UTF_8),
                    Safety.policy(script, style));
        }

        private static String text(String resource) {
            try {
                return new String(bytes(resource), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// The API in OpenAPI's words; there with the page and without.
    static Response description() {
        return read(new Asset("openapi.json", "application/json"));
    }

    /// Under which paths files are served, the page itself not among them.
    Set<String> paths() {
        return assets.keySet();
    }

    Optional<Response> file(String path) {
        return Optional.ofNullable(assets.get(path)).map(Page::read);
    }

    /// The page with what is known; empty if there is none.
    ///
    /// @param known JSON, as UTF-8
    Optional<Response> with(byte[] known) {
        return front.map(page -> {
            ByteArrayOutputStream whole = new ByteArrayOutputStream(page.before.length + known.length + 4_096);
            whole.writeBytes(page.before);
            writeHarmless(known, whole);
            whole.writeBytes(page.after);
            return Response.file("text/html; charset=utf-8", whole.toByteArray())
                    .with(Safety.POLICY, page.policy);
        });
    }

    /// Within a page no string may end the element that it stands in.
    private static void writeHarmless(byte[] json, ByteArrayOutputStream out) {
        int from = 0;
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '<') {
                out.write(json, from, i - from);
                out.writeBytes(LESS_THAN);
                from = i + 1;
            }
        }
        out.write(json, from, json.length - from);
    }

    private static Response read(Asset asset) {
        try {
            return Response.file(asset.type, bytes(asset.resource));
        } catch (IOException e) {
            return Response.error(500, "the page's files can't be read: " + e.getMessage());
        }
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream in = Page.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("expected " + resource + " in the jar, found none");
            }
            return in.readAllBytes();
        }
    }
}
