package io.staunch.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.StateDirectory;
import io.staunch.server.HeapShelf;
import io.staunch.server.ReleaseBook;
import io.staunch.server.WatchedTarget;
import io.staunch.server.config.Configuration;
import io.staunch.server.response.Duty;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The served description against what is served.
@Execution(ExecutionMode.CONCURRENT)
class OpenApiTest {
    private static final Map<String, String> BODIES = Map.of(
            "/api/v1/releases", "{\"service\": \"shop\", \"version\": \"2.3.1\"}",
            "/v1/flagger/confirm", "{\"name\": \"shop\", \"metadata\": {\"baseline\": \"1\", \"canary\": \"2\"}}",
            "/v1/flagger/rollout", "{\"name\": \"shop\", \"metadata\": {\"baseline\": \"1\", \"canary\": \"2\"}}",
            "/v1/flagger/rollback", "{\"name\": \"shop\", \"metadata\": {\"baseline\": \"1\", \"canary\": \"2\"}}");

    private final HttpClient client = HttpClient.newHttpClient();
    private final WatchedTarget target =
            new WatchedTarget(Canaries.jvm(7, "2.3.1"), "shop", Optional.empty(), Optional.of("not ours"));

    @TempDir
    Path directory;

    private Incident incident;
    private Duty duty;
    private WebServer server;
    private JsonNode document;

    @BeforeEach
    void start() throws Exception {
        incident = Recordings.whole("sessions");
        new IncidentStore(directory.resolve("incidents")).save(incident);
        new HeapShelf(directory.resolve("heaps")).put(Recordings.heap(1));
        duty = Duty.open(
                Configuration.USUAL,
                Configuration.USUAL,
                new StateDirectory(directory),
                new ReleaseBook(),
                (at, service, sentence) -> {});
        server = WebServer.start(Interface.loopback(0, true), shown(), new ReleaseBook());
        document = json(send("GET", "/api/v1/openapi.json", ""));
    }

    private Shown shown() {
        return new Shown() {
            @Override
            public List<WatchedTarget> targets() {
                return List.of(target);
            }

            @Override
            public Optional<IncidentStore> incidents() {
                return Optional.of(new IncidentStore(directory.resolve("incidents")));
            }

            @Override
            public Optional<HeapShelf> heaps() {
                return Optional.of(new HeapShelf(directory.resolve("heaps")));
            }

            @Override
            public Optional<Duty> duty() {
                return Optional.of(duty);
            }
        };
    }

    @AfterEach
    void stop() throws Exception {
        duty.close();
        server.close();
        client.close();
    }

    @Test
    void everyOperationAnswersAsItIsDescribed() throws Exception {
        for (String path : document.get("paths").propertyNames()) {
            if (path.equals("/api/v1/events")) {
                continue;
            }
            for (String method : document.get("paths").get(path).propertyNames()) {
                HttpResponse<String> answer = send(
                        method.toUpperCase(Locale.ROOT), path.replace("{id}", id(path)), BODIES.getOrDefault(path, ""));
                JsonNode described = document.get("paths")
                        .get(path)
                        .get(method)
                        .get("responses")
                        .get(Integer.toString(answer.statusCode()));
                assertThat(described)
                        .as("%s %s: %s", method, path, answer.statusCode())
                        .isNotNull();
                JsonNode schema =
                        described.path("content").path("application/json").path("schema");
                boolean json =
                        answer.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
                if (json && !schema.isMissingNode()) {
                    assertThat(violations(schema, json(answer), path)).isEmpty();
                }
            }
        }
    }

    private String id(String path) {
        if (path.contains("/incidents/")) {
            return incident.id();
        }
        return path.contains("/heaps/") ? HeapShelf.id(Recordings.heap(1)) : target.id();
    }

    @Test
    void eachEventIsAsItIsDescribed() throws Exception {
        HttpRequest listening = HttpRequest.newBuilder(server.address().resolve("/api/v1/events"))
                .build();
        try (Stream<String> lines =
                client.send(listening, BodyHandlers.ofLines()).body()) {
            Iterator<String> stream = lines.iterator();
            for (String event : List.of("Targets", "Incidents", "Changes")) {
                assertThat(stream.next()).isEqualTo("event: " + event.toLowerCase(Locale.ROOT));
                JsonNode data = new JsonMapper().readTree(stream.next().substring("data: ".length()));
                JsonNode schema = document.get("components").get("schemas").get(event);
                assertThat(violations(schema, data, event)).isEmpty();
                stream.next();
            }
        }
    }

    @Test
    void whatIsNotDescribedIsNotAllowed() throws Exception {
        for (String path : document.get("paths").propertyNames()) {
            Set<String> described =
                    new TreeSet<>(document.get("paths").get(path).propertyNames());
            for (String method : List.of("get", "post", "put", "delete", "patch")) {
                if (!described.contains(method)) {
                    assertThat(send(method.toUpperCase(Locale.ROOT), path.replace("{id}", "x"), "")
                                    .statusCode())
                            .as("%s %s", method, path)
                            .isEqualTo(405);
                }
            }
        }
    }

    /// What of a value is not as its schema has it: types, required and unknown properties, constants.
    private List<String> violations(JsonNode schema, JsonNode value, String at) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asString().substring("#/components/schemas/".length());
            return violations(document.get("components").get("schemas").get(name), value, at);
        }
        List<String> found = new ArrayList<>();
        boolean fits = switch (schema.path("type").asString("any")) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            default -> true;
        };
        if (!fits || (schema.has("const") && !schema.get("const").equals(value))) {
            found.add(at + ": " + value);
        }
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asString())) {
                found.add(at + ": lacks " + required);
            }
        }
        if (schema.has("properties")) {
            for (String name : value.propertyNames()) {
                JsonNode property = schema.get("properties").get(name);
                if (property == null) {
                    found.add(at + ": undescribed " + name);
                } else {
                    found.addAll(violations(property, value.get(name), at + "." + name));
                }
            }
        }
        if (schema.has("items")) {
            value.forEach(item -> found.addAll(violations(schema.get("items"), item, at + "[]")));
        }
        return found;
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(server.address().resolve(path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return new JsonMapper().readTree(answer.body());
    }
}
