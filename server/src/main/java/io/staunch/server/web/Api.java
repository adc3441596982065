package io.staunch.server.web;

import java.util.Map;
import java.util.Optional;

/// Which path is answered with what. Paths are compared whole, so that there is none that leads anywhere else.
final class Api {
    private static final String TARGET = "/api/v1/targets/";

    private final Overview overview;
    private final Page page;

    Api(Overview overview, Page page) {
        this.overview = overview;
        this.page = page;
    }

    Response answer(String path) {
        return switch (path) {
            case "/api/v1/targets" -> Response.json(overview.form());
            case "/metrics" -> Response.text(Metrics.TYPE, Metrics.of(overview.targets(), overview.store()));
            case "/healthz" -> Response.json(Map.of("status", "watching"));
            default -> path.startsWith(TARGET) ? target(path.substring(TARGET.length())) : file(path);
        };
    }

    private Response target(String id) {
        return overview.targets().stream()
                .filter(target -> target.id().equals(id))
                .findFirst()
                .map(target -> Response.json(TargetForm.whole(target)))
                .orElseGet(() -> Response.error(404, "expected the id of a target that is watched, found none such"));
    }

    private Response file(String path) {
        Optional<Response> file = page.file(path);
        return file.orElseGet(() -> Response.error(404, "nothing is served under this path"));
    }
}
