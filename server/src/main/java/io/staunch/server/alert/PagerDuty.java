package io.staunch.server.alert;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// PagerDuty's Events API, version 2. One deduplication key an incident: what is new joins it.
final class PagerDuty implements Route {
    static final URI USUAL = URI.create("https://events.pagerduty.com/v2/enqueue");
    private static final int LONGEST_SUMMARY = 1_024;

    private final URI events;
    private final String routingKey;
    private final Post post = new Post();

    PagerDuty(URI events, String routingKey) {
        this.events = events;
        this.routingKey = routingKey;
    }

    @Override
    public String name() {
        return "pagerduty " + events.getHost();
    }

    @Override
    public Optional<String> tell(Alert alert, Optional<String> thread, Instant now)
            throws IOException, InterruptedException {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("routing_key", routingKey);
        form.put("event_action", alert.isFiring() ? "trigger" : "resolve");
        form.put("dedup_key", "staunch-" + alert.incident());
        if (alert.isFiring()) {
            String summary = alert.summary();
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("summary", summary.substring(0, Math.min(LONGEST_SUMMARY, summary.length())));
            payload.put("source", alert.service());
            payload.put("severity", "critical");
            payload.put("component", "memory");
            payload.put("timestamp", alert.since().toString());
            payload.put("custom_details", alert.form());
            form.put("payload", payload);
            form.put(
                    "links",
                    List.of(
                            Map.of("href", alert.page(), "text", "Staunch"),
                            Map.of("href", alert.runbook(), "text", "What to do")));
        }
        post.send(events, Optional.empty(), form);
        return Optional.empty();
    }
}
