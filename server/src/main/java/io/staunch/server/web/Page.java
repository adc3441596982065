package io.staunch.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/// The page's files, all from our own jars: nothing is fetched from elsewhere. Only those that are named here are
/// served.
final class Page {
    static final Page NONE = new Page(Map.of());

    static final Page WHOLE = new Page(Map.of(
            "/", new Asset("index.html", "text/html; charset=utf-8"),
            "/app.js", new Asset("app.js", "text/javascript; charset=utf-8"),
            "/figures.js", new Asset("figures.js", "text/javascript; charset=utf-8"),
            "/style.css", new Asset("style.css", "text/css; charset=utf-8"),
            "/icon.svg", new Asset("icon.svg", "image/svg+xml"),
            "/uplot.js", new Asset("vendor/uplot/uPlot.iife.min.js", "text/javascript; charset=utf-8"),
            "/uplot.css", new Asset("vendor/uplot/uPlot.min.css", "text/css; charset=utf-8")));

    private final Map<String, Asset> assets;

    private record Asset(String resource, String type) {}

    private Page(Map<String, Asset> assets) {
        this.assets = assets;
    }

    /// The API in OpenAPI's words; there with the page and without.
    static Response description() {
        return read(new Asset("openapi.json", "application/json"))
                .orElseGet(() -> Response.error(500, "expected the API's description in the jar, found none"));
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
