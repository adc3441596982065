package io.staunch.collect;

import io.staunch.collect.PrometheusServer.Login;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a metrics server in PromQL. Each question takes at most twenty seconds; an answer of more than 64 MiB is
/// refused. Safe for several threads.
final class PrometheusClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int MOST_BYTES = 64 << 20;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final PrometheusServer server;
    private final HttpClient http;

    PrometheusClient(PrometheusServer server) {
        this.server = server;
        this.http = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    PrometheusServer server() {
        return server;
    }

    /// The server did not give an answer that can be used. The message is what was found.
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        private final ConnectFailed.Kind kind;

        Failed(ConnectFailed.Kind kind, String message) {
            super(message);
            this.kind = kind;
        }

        Failed(ConnectFailed.Kind kind, String message, Throwable cause) {
            super(message, cause);
            this.kind = kind;
        }

        ConnectFailed.Kind kind() {
            return kind;
        }
    }

    /// One series of an answer. Dots in names are underlines here, as Prometheus wrote them before version 3.
    ///
    /// @param name     without it where a function took it away: empty
    /// @param original the name as the server has it, to be asked for again
    /// @param points   values by milliseconds since 1970, NaN left out
    record Line(String name, String original, Map<String, String> labels, TreeMap<Long, Double> points) {
        String label(String key) {
            return labels.getOrDefault(key, "");
        }
    }

    List<Line> at(String query, Instant time) throws Failed, InterruptedException {
        return lines(ask("query", Map.of("query", query, "time", seconds(time))));
    }

    List<Line> range(String query, Instant from, Instant to, Duration step) throws Failed, InterruptedException {
        return lines(ask(
                "query_range",
                Map.of(
                        "query",
                        query,
                        "start",
                        seconds(from),
                        "end",
                        seconds(to),
                        "step",
                        Long.toString(Math.max(1, step.toSeconds())))));
    }

    private static String seconds(Instant time) {
        return String.format(Locale.ROOT, "%.3f", time.toEpochMilli() / 1e3);
    }

    private JsonNode ask(String what, Map<String, String> form) throws Failed, InterruptedException {
        String body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        String base = server.address().toString().replaceAll("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/v1/" + what))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        switch (server.login()) {
            case Login.None _ -> {
                // Whoever asks is answered.
            }
            case Login.Bearer(var token) -> request.header("Authorization", "Bearer " + token);
            case Login.Basic(var user, var password) ->
                request.header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        }
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                return read(response.statusCode(), in.readNBytes(MOST_BYTES + 1));
            }
        } catch (IOException e) {
            throw new Failed(ConnectFailed.Kind.UNREACHABLE, found(e), e);
        }
    }

    private static String found(IOException e) {
        if (e instanceof ConnectException && e.getMessage() == null) {
            return "nobody who answers there";
        }
        String text = TargetCalls.firstLine(e);
        return text.contains("header parser") ? "something that does not talk HTTP" : text;
    }

    private static JsonNode read(int status, byte[] body) throws Failed {
        if (status == 401 || status == 403) {
            throw new Failed(ConnectFailed.Kind.DENIED, "that it wants another token or password (" + status + ")");
        }
        if (body.length > MOST_BYTES) {
            throw new Failed(ConnectFailed.Kind.OTHER, "more than 64 MiB of answer");
        }
        JsonNode answer;
        try {
            answer = MAPPER.readTree(body);
        } catch (JacksonException e) {
            throw new Failed(ConnectFailed.Kind.OTHER, "no answer of a metrics server (status " + status + ")", e);
        }
        if (answer.path("status").asString("").equals("success")) {
            return answer.path("data").path("result");
        }
        boolean said = answer.hasNonNull("error");
        throw new Failed(
                status >= 500 ? ConnectFailed.Kind.UNREACHABLE : ConnectFailed.Kind.OTHER,
                said
                        ? "the error: "
                                + answer.path("error")
                                        .asString("")
                                        .lines()
                                        .findFirst()
                                        .orElse("")
                        : "no answer of a metrics server (status " + status + ")");
    }

    private static List<Line> lines(JsonNode result) {
        List<Line> lines = new ArrayList<>();
        for (JsonNode one : result) {
            Map<String, String> labels = new TreeMap<>();
            one.path("metric")
                    .properties()
                    .forEach(label -> labels.put(
                            label.getKey().replace('.', '_'), label.getValue().asString("")));
            String original = one.path("metric").path("__name__").asString("");
            labels.remove("__name__");
            TreeMap<Long, Double> points = new TreeMap<>();
            one.path("values").forEach(point -> add(points, point));
            if (one.has("value")) {
                add(points, one.path("value"));
            }
            if (!points.isEmpty()) {
                lines.add(new Line(original.replace('.', '_'), original, labels, points));
            }
        }
        return lines;
    }

    private static void add(Map<Long, Double> points, JsonNode point) {
        try {
            double value = Double.parseDouble(point.path(1).asString("NaN"));
            if (Double.isFinite(value)) {
                points.put(Math.round(point.path(0).asDouble() * 1e3), value);
            }
        } catch (NumberFormatException e) {
            // `+Inf`, as of a bucket: nothing that is asked for.
            return;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
