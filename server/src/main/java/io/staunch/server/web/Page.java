package io.staunch.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The page's files, all from our own jars: nothing is fetched from elsewhere. Only those that are named here are
/// served.
final class Page {
    static final Page NONE = new Page(Map.of());

    static final Page WHOLE = new Page(Stream.concat(
                    Stream.of(
                            Map.entry("/", new Asset("index.html", "text/html; charset=utf-8")),
                            Map.entry("/style.css", new Asset("style.css", "text/css; charset=utf-8")),
                            Map.entry("/icon.svg", new Asset("icon.svg", "image/svg+xml"))),
                    Stream.of(
                                    "app",
                                    "chart",
                                    "dom",
                                    "figures",
                                    "heap",
                                    "icicle",
                                    "incident",
                                    "live",
                                    "overview",
                                    "parts",
                                    "target")
                            .map(Page::module))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));

    private final Map<String, Asset> assets;

    private record Asset(String resource, String type) {}

    private Page(Map<String, Asset> assets) {
        this.assets = assets;
    }

    private static Map.Entry<String, Asset> module(String name) {
        return Map.entry("/" + name + ".js", new Asset(name + ".js", "text/javascript; charset=utf-8"));
    }

    /// The API in OpenAPI's words; there with the page and without.
    static Response description() {
        return read(new Asset("openapi.json", "application/json"))
                .orElseGet(() -> Response.error(500, "expected the API's description in the jar, found none"));
    }

    /// Under which paths files are served.
    Set<String> paths() {
        return assets.keySet();
    }

    Optional<Response> file(String path) {
        return Optional.ofNullable(assets.get(path)).flatMap(Page::read);
    }

    private static Optional<Response> read(Asset asset) {
        try (InputStream in = Page.class.getResourceAsStream(asset.resource)) {
            return in == null ? Optional.empty() : Optional.of(Response.file(asset.type, in.readAllBytes()));
        } catch (IOException e) {
            return Optional.of(Response.error(500, "the page's files can't be read: " + e.getMessage()));
        }
    }
}
