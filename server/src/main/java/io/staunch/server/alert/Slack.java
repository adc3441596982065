package io.staunch.server.alert;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Slack's `chat.postMessage`. The first message of an alert begins a thread, which is named after it; all that follows
/// goes there.
final class Slack implements Route {
    static final URI USUAL = URI.create("https://slack.com/api/chat.postMessage");
    private static final int LONGEST_SECTION = 3_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final URI messages;
    private final String token;
    private final String channel;
    private final Post post = new Post();

    Slack(URI messages, String token, String channel) {
        this.messages = messages;
        this.token = token;
        this.channel = channel;
    }

    @Override
    public String name() {
        return "slack " + channel;
    }

    @Override
    public Optional<String> tell(Alert alert, Optional<String> thread, Instant now)
            throws IOException, InterruptedException {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("channel", channel);
        form.put("text", alert.summary());
        String section = "*" + alert.summary() + "*\n" + String.join("\n", alert.sentences()) + "\n" + alert.page()
                + "\nWhat to do: " + alert.runbook();
        form.put(
                "blocks",
                List.of(Map.of(
                        "type",
                        "section",
                        "text",
                        Map.of(
                                "type",
                                "mrkdwn",
                                "text",
                                section.substring(0, Math.min(LONGEST_SECTION, section.length()))))));
        thread.ifPresent(name -> form.put("thread_ts", name));
        String message = message(post.send(messages, Optional.of(token), form));
        return thread.or(() -> Optional.of(message));
    }

    /// Slack answers 200 to errors too.
    private static String message(String body) throws IOException {
        try {
            JsonNode answer = JSON.readTree(body);
            if (answer.path("ok").asBoolean(false)) {
                return answer.path("ts").asString("");
            }
            throw new IOException("expected ok, found " + answer.path("error").asString("no error"));
        } catch (JacksonException e) {
            throw new IOException("expected Slack's JSON, found something else", e);
        }
    }
}
