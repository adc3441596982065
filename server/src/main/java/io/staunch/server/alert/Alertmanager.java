package io.staunch.server.alert;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Alertmanager's API, version 2. An alert that is not told again ends by itself after five minutes, as it should when
/// we are gone. Its labels hold nothing that was measured, so that it stays one alert.
final class Alertmanager implements Route {
    private static final Duration LASTS = Duration.ofMinutes(5);

    private final URI alerts;
    private final Post post = new Post();

    Alertmanager(URI base) {
        this.alerts = URI.create(base.toString().replaceFirst("/$", "") + "/api/v2/alerts");
    }

    @Override
    public String name() {
        return "alertmanager " + alerts.getHost();
    }

    @Override
    public Optional<Duration> again() {
        return Optional.of(Duration.ofMinutes(1));
    }

    @Override
    public Optional<String> tell(Alert alert, Optional<String> thread, Instant now)
            throws IOException, InterruptedException {
        Map<String, Object> annotations = new LinkedHashMap<>();
        annotations.put("summary", alert.summary());
        annotations.put("description", String.join("\n", alert.sentences()));
        annotations.put("runbook_url", alert.runbook());
        alert.exhaustion().ifPresent(end -> annotations.put("exhaustion", end.toString()));
        Map<String, Object> form = new LinkedHashMap<>();
        form.put(
                "labels",
                Map.of(
                        "alertname",
                        "MemoryLeak",
                        "service",
                        alert.service(),
                        "incident",
                        alert.incident(),
                        "severity",
                        "critical"));
        form.put("annotations", annotations);
        form.put("startsAt", alert.since().toString());
        form.put("endsAt", (alert.isFiring() ? now.plus(LASTS) : now).toString());
        form.put("generatorURL", alert.page());
        post.send(alerts, Optional.empty(), List.of(form));
        return Optional.empty();
    }
}
