package io.staunch.server.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.staunch.server.Deployed;
import io.staunch.server.Gate;
import io.staunch.server.Gate.Judged;
import io.staunch.server.Gate.Question;
import io.staunch.server.ReleaseBook;
import io.staunch.server.config.Quantities;
import io.staunch.server.web.Flagger.Hook;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which path is answered with what. Paths are compared whole, so that there is none that leads anywhere else.
final class Api {
    private static final String TARGET = "/api/v1/targets/";
    private static final Set<String> READING = Set.of("GET", "HEAD");

    /// What can be done with a path: the methods, and the right that POST needs. All other paths are only read.
    private static final Map<String, Route> ROUTES = Map.of(
            "/api/v1/releases", new Route(Set.of("GET", "HEAD", "POST"), Right.ACT),
            "/v1/flagger/confirm", new Route(Set.of("POST"), Right.READ),
            "/v1/flagger/rollout", new Route(Set.of("POST"), Right.READ),
            "/v1/flagger/rollback", new Route(Set.of("POST"), Right.READ));

    private record Route(Set<String> methods, Right toPost) {}

    private final Overview overview;
    private final OverviewChanges changes;
    private final Page page;
    private final ReleaseBook releases;
    private final Incidents incidents;
    private final Heaps heaps;
    private final ActsApi acts;

    Api(
            Overview overview,
            OverviewChanges changes,
            Page page,
            ReleaseBook releases,
            Incidents incidents,
            Heaps heaps,
            ActsApi acts) {
        this.changes = changes;
        this.acts = acts;
        this.overview = overview;
        this.page = page;
        this.releases = releases;
        this.incidents = incidents;
        this.heaps = heaps;
    }

    Set<String> methods(String path) {
        if (ActsApi.owns(path)) {
            return ActsApi.methods(path);
        }
        Route route = ROUTES.get(path);
        return route == null ? READING : route.methods();
    }

    Right needed(String method, String path) {
        if (ActsApi.owns(path)) {
            return ActsApi.needed(method, path);
        }
        Route route = ROUTES.get(path);
        return route == null || !method.equals("POST") ? Right.READ : route.toPost();
    }

    Response answer(Request request) {
        String path = request.path();
        if (ActsApi.owns(path)) {
            return acts.answer(request);
        }
        return switch (path) {
            case Page.FRONT -> front();
            case "/api/v1/targets" -> overview.written().answer();
            case "/api/v1/releases" ->
                request.isPost() ? deployed(request) : Response.json(ReleaseForm.of(releases.all()));
            case "/v1/gate" -> Response.json(gate(request).form());
            case "/v1/flagger/confirm" -> flagger(request, Hook.CONFIRM);
            case "/v1/flagger/rollout" -> flagger(request, Hook.ROLLOUT);
            case "/v1/flagger/rollback" -> flagger(request, Hook.ROLLBACK);
            case "/api/v1/openapi.json" -> Page.description();
            case "/metrics" -> Response.text(Metrics.TYPE, Metrics.of(overview.targets(), overview.store()));
            case "/healthz" -> Response.json(Map.of("status", "watching"));
            case Incidents.PATH -> incidents.answer(request);
            case Heaps.PATH -> heaps.answer(path);
            default -> below(request);
        };
    }

    private Response below(Request request) {
        String path = request.path();
        if (path.startsWith(TARGET)) {
            return target(path.substring(TARGET.length()));
        }
        if (path.startsWith(Incidents.PATH + "/")) {
            return incidents.answer(request);
        }
        if (path.startsWith(Heaps.PATH + "/")) {
            return heaps.answer(path);
        }
        return path.equals(Playbook.PATH) || path.startsWith(Playbook.PATH + "/") ? Playbook.answer(path) : file(path);
    }

    private Response deployed(Request request) {
        try {
            Deployed told = ReleaseForm.read(request.body(), request.from(), Instant.now());
            releases.add(List.of(told));
            return Response.json(ReleaseForm.of(told));
        } catch (IllegalArgumentException e) {
            return Response.error(400, String.valueOf(e.getMessage()));
        }
    }

    /// Always an answer: a caller that gets none would count it as a failure of the canary.
    private Judged gate(Request request) {
        Map<String, String> asked = new LinkedHashMap<>();
        for (String name : List.of("service", "baseline", "canary")) {
            Optional<String> value = request.parameter(name);
            if (value.isEmpty()) {
                return Judged.unsure(name + ": expected it as a parameter, found none");
            }
            asked.put(name, value.get());
        }
        try {
            long tolerable =
                    request.parameter("tolerate").map(Quantities::bytes).orElse(Gate.TOLERABLE_BYTES);
            return Gate.judge(
                    new Question(
                            asked.getOrDefault("service", ""),
                            asked.getOrDefault("baseline", ""),
                            asked.getOrDefault("canary", ""),
                            tolerable),
                    overview.targets());
        } catch (IllegalArgumentException e) {
            return Judged.unsure("tolerate: " + e.getMessage());
        }
    }

    private Response flagger(Request request, Hook hook) {
        try {
            Judged judged = Gate.judge(Flagger.question(request.body()), overview.targets());
            return Response.json(hook.status(judged), judged.form());
        } catch (IllegalArgumentException e) {
            Judged doubt = Judged.unsure(String.valueOf(e.getMessage()));
            return Response.json(hook.status(doubt), doubt.form());
        }
    }

    private Response target(String id) {
        return overview.targets().stream()
                .filter(target -> target.id().equals(id))
                .findFirst()
                .map(target -> Response.json(TargetForm.whole(target)))
                .orElseGet(() -> Response.error(404, "expected the id of a target that is watched, found none such"));
    }

    /// What is known goes along, and the token to listen from there.
    private Response front() {
        OverviewChanges.Lacking all = changes.after(0);
        ByteArrayOutputStream known = new ByteArrayOutputStream();
        known.writeBytes(("{\"after\":\"" + changes.token(all.number()) + "\",\"overview\":").getBytes(US_ASCII));
        known.writeBytes(all.pieces().getFirst());
        known.writeBytes(",\"incidents\":".getBytes(US_ASCII));
        known.writeBytes(Response.json(incidents.form()).body());
        known.write('}');
        return page.with(known.toByteArray()).orElseGet(Api::nothing);
    }

    private Response file(String path) {
        return page.file(path).orElseGet(Api::nothing);
    }

    private static Response nothing() {
        return Response.error(404, "nothing is served under this path");
    }
}
