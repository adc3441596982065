package io.staunch.server.web;

import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.Postmortem;
import io.staunch.incident.PostmortemHtml;
import io.staunch.incident.TimelineCsv;
import io.staunch.incident.Tone;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The recorded incidents, to be read. A record is read again only when it was written again; the store is looked at
/// once a second, whoever asks. Safe for several threads.
final class Incidents {
    static final String PATH = "/api/v1/incidents";

    private static final String POSTMORTEM = "/postmortem";
    private static final long FRESH_MILLIS = 1_000;
    private static final int MOST = 200;

    private final Shown shown;
    private final Optional<IncidentStore> store;
    private final Map<String, Known> known = new HashMap<>();
    private List<Map<String, Object>> briefs = List.of();
    private List<String> warnings = List.of();
    private long lookedMillis = Long.MIN_VALUE / 2;

    /// @param written when the record was written that this was read from
    private record Known(Instant written, Instant detected, boolean open, Map<String, Object> brief) {}

    Incidents(Shown shown) {
        this.shown = shown;
        this.store = shown.incidents();
    }

    /// As `staunch.incidents/1`: those that are open first, then the latest.
    synchronized Map<String, Object> form() {
        long now = System.nanoTime() / 1_000_000;
        if (now - lookedMillis >= FRESH_MILLIS) {
            lookedMillis = now;
            look();
        }
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("schema", "staunch.incidents/1");
        form.put("at", Instant.now().toString());
        form.put("warnings", warnings);
        form.put("incidents", briefs);
        return form;
    }

    private void look() {
        List<String> unread = new ArrayList<>();
        try {
            Map<String, Instant> written = store.isPresent() ? store.get().written() : Map.of();
            known.keySet().retainAll(written.keySet());
            written.forEach((id, at) -> {
                Known before = known.get(id);
                if (before == null || !before.written().equals(at)) {
                    read(id, at).ifPresentOrElse(now -> known.put(id, now), () -> unread.add(id));
                }
            });
        } catch (IOException e) {
            unread.add("the directory of incidents (" + e.getMessage() + ")");
        }
        briefs = known.values().stream()
                .sorted(Comparator.comparing(Known::open)
                        .thenComparing(Known::detected)
                        .reversed())
                .limit(MOST)
                .map(Known::brief)
                .toList();
        warnings = unread.isEmpty() ? List.of() : List.of("Could not be read: " + String.join(", ", unread) + ".");
    }

    private Optional<Known> read(String id, Instant written) {
        try {
            return find(id).map(incident -> new Known(
                    written,
                    incident.detected(),
                    incident.status() == Incident.Status.OPEN,
                    IncidentForm.brief(incident)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<Incident> find(String id) throws IOException {
        return store.isPresent() ? store.get().find(id) : Optional.empty();
    }

    /// Answers a path below [#PATH].
    Response answer(Request request) {
        String rest = request.path().substring(PATH.length());
        if (rest.isEmpty()) {
            return Response.json(form());
        }
        boolean postmortem = rest.endsWith(POSTMORTEM);
        String id = rest.substring(1, rest.length() - (postmortem ? POSTMORTEM.length() : 0));
        try {
            Optional<Incident> incident = find(id);
            if (incident.isEmpty()) {
                return Response.error(404, "expected the id of an incident, found none such");
            }
            return postmortem
                    ? postmortem(incident.get(), request)
                    : Response.json(IncidentForm.whole(incident.get(), shown.isActing()));
        } catch (IOException e) {
            return Response.error(500, "the record of this incident can't be read");
        }
    }

    private static Response postmortem(Incident incident, Request request) {
        Tone tone = request.parameter("tone").filter("wry"::equals).isPresent() ? Tone.WRY : Tone.PLAIN;
        String format = request.parameter("format").orElse("md");
        return switch (format) {
            case "md" -> Response.text("text/markdown; charset=utf-8", Postmortem.markdown(incident, tone));
            case "html" ->
                Response.text("text/html; charset=utf-8", PostmortemHtml.page(incident, tone))
                        .with("Content-Security-Policy", PostmortemHtml.policy());
            case "json" -> Response.text("application/json", IncidentStore.json(incident));
            case "csv" ->
                Response.text("text/csv; charset=utf-8", TimelineCsv.of(incident))
                        .with("Content-Disposition", "attachment; filename=\"" + incident.id() + ".csv\"");
            default -> Response.error(400, "format: expected md, html, json or csv, found something else");
        };
    }
}
