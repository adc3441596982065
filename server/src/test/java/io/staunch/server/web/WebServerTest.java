package io.staunch.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staunch.collect.Collector;
import io.staunch.collect.JvmInfo;
import io.staunch.server.ReleaseBook;
import io.staunch.server.WatchedTarget;
import io.staunch.server.store.StoreHealth;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebServerTest {
    private static final JvmInfo SHOP = new JvmInfo(
            4242,
            "shop-api.jar",
            "17.0.15",
            "HotSpot",
            Collector.G1,
            "shop",
            Optional.of("2.3.1"),
            Instant.ofEpochSecond(1_700_000_000),
            List.of(),
            JvmInfo.Way.PROC);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ReleaseBook releases = new ReleaseBook();
    private WebServer server;

    @BeforeEach
    void start() throws WebServerFailed {
        WatchedTarget target =
                new WatchedTarget(SHOP, "shop", Optional.empty(), Optional.of("it belongs to another user"));
        server = WebServer.start(Interface.loopback(0, true), () -> List.of(target), releases);
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void theOverviewHasEveryTargetAlsoThoseThatCanNotBeWatched() throws Exception {
        JsonNode overview = json(get("api/v1/targets"));
        assertThat(overview.get("schema").asString()).isEqualTo("staunch.targets/1");
        JsonNode target = overview.get("targets").get(0);
        assertThat(target.get("id").asString()).isEqualTo("4242-1700000000");
        assertThat(target.get("name").asString()).isEqualTo("shop-api.jar");
        assertThat(target.get("service").asString()).isEqualTo("shop");
        assertThat(target.get("release").asString()).isEqualTo("2.3.1");
        assertThat(target.get("notWatched").asString()).isEqualTo("it belongs to another user");
        assertThat(target.has("verdict")).isFalse();
    }

    @Test
    void oneTargetIsServedByItsId() throws Exception {
        assertThat(json(get("api/v1/targets/4242-1700000000")).get("pid").asInt())
                .isEqualTo(4242);
        assertThat(get("api/v1/targets/4242-1").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "style.css", "icon.svg", "healthz"})
    void thePageIsWhole(String path) throws Exception {
        HttpResponse<String> file = get(path);
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body()).isNotBlank();
        assertThat(file.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self'"));
    }

    @Test
    void thePageWeighsUnderAHundredKilobytes() throws Exception {
        assertThat(Page.WHOLE.paths()).isNotEmpty();
        int bytes = get("").body().getBytes(StandardCharsets.UTF_8).length;
        for (String path : Page.WHOLE.paths()) {
            bytes += get(path.substring(1)).body().getBytes(StandardCharsets.UTF_8).length;
        }
        assertThat(bytes).isBetween(30_000, 100_000);
    }

    @Test
    void thePageBringsWhatIsKnownAndWhereToListenFrom() throws Exception {
        JsonNode known = known(get("").body());
        assertThat(known.get("overview").get("targets"))
                .isEqualTo(json(get("api/v1/targets")).get("targets"));
        assertThat(known.get("incidents").get("incidents").isEmpty()).isTrue();
        assertThat(firstEvent("api/v1/events?after=" + known.get("after").asString()))
                .isNotEqualTo("event: targets");
        assertThat(firstEvent("api/v1/events?after=other.7")).isEqualTo("event: targets");
    }

    @Test
    void whatIsKnownCanNotEndTheElementThatItStandsIn() {
        byte[] known = "{\"why\":\"</script><script>alert(1)\"}".getBytes(StandardCharsets.UTF_8);
        String page = new String(Page.WHOLE.with(known).orElseThrow().body(), StandardCharsets.UTF_8);
        assertThat(page).doesNotContain("alert(1)</script>").contains("\\u003c/script>\\u003cscript>alert(1)");
        assertThat(known(page).get("why").asString()).isEqualTo("</script><script>alert(1)");
    }

    private static JsonNode known(String page) {
        String island = page.replaceFirst("(?s).*<script type=\"application/json\" id=\"known\">", "");
        return new JsonMapper().readTree(island.substring(0, island.indexOf("</script>")));
    }

    private String firstEvent(String path) throws Exception {
        HttpResponse<InputStream> stream = client.send(request(path), BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            return String.valueOf(lines.readLine());
        }
    }

    @Test
    void withoutThePageTheApiIsStillThere() throws Exception {
        try (WebServer bare = WebServer.start(Interface.loopback(0, false), List::of, releases)) {
            assertThat(get(bare.address()).statusCode()).isEqualTo(404);
            assertThat(get(bare.address().resolve("api/v1/targets")).statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nothing", "playbook/README", "playbook/../app.js", "openapi.json", "api/v1/targets/../../app.js"
            })
    void noPathLeadsElsewhere(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void writingIsRefused() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(server.address().resolve("api/v1/targets"))
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void aPageFromElsewhereThatWasBentToLoopbackIsRefused() throws Exception {
        String answer = raw("GET /api/v1/targets HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 421").doesNotContain("shop-api");
    }

    @Test
    void prometheusCanReadTheFigures() throws Exception {
        HttpResponse<String> answer = get("metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    }

    @Test
    void whatStaunchItselfTakesIsAmongThem() throws Exception {
        assertThat(get("metrics").body())
                .contains(
                        "staunch_targets{state=\"not watched\"} 1.0", "staunch_targets_max 250.0", "staunch_series 0.0")
                .containsPattern("process_resident_memory_bytes [1-9]")
                .containsPattern("process_cpu_seconds_total [0-9]");
    }

    @Test
    void aStoreThatDoesNotAnswerIsSeenByPeopleAndByPrometheus() throws Exception {
        StoreHealth away = new StoreHealth("sqlite:/store", Optional.of("sqlite:/store: disk full"), 70, 3);
        Shown shown = new Shown() {
            @Override
            public List<WatchedTarget> targets() {
                return List.of();
            }

            @Override
            public Optional<StoreHealth> store() {
                return Optional.of(away);
            }
        };
        try (WebServer lonely = WebServer.start(Interface.loopback(0, true), shown, releases)) {
            JsonNode overview = json(get(lonely.address().resolve("api/v1/targets")));
            assertThat(overview.get("warnings").get(0).asString()).contains("not kept now", "disk full");
            assertThat(overview.get("warnings").get(1).asString()).startsWith("3 readings were not kept");
            assertThat(get(lonely.address().resolve("metrics")).body())
                    .contains("staunch_store_up 0.0", "staunch_store_waiting 70.0", "staunch_store_lost_total 3.0");
        }
    }

    @Test
    @Tag("slow")
    void aListenerHearsTheOverviewAtOnceAndThenWhatIsDifferent() throws Exception {
        HttpResponse<InputStream> stream = client.send(request("api/v1/events"), BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            for (String event : List.of("targets", "incidents", "changes", "changes")) {
                assertThat(lines.readLine()).isEqualTo("event: " + event);
                String data = lines.readLine();
                assertThat(data).startsWith("data: {\"schema\":\"staunch." + event + "/1\"");
                if (event.equals("changes")) {
                    assertThat(data).endsWith("\"targets\":[]}").doesNotContain("order", "warnings");
                }
                assertThat(lines.readLine()).isEmpty();
            }
        }
    }

    @Test
    void aPortInUseIsNamed() {
        int port = server.address().getPort();
        assertThatThrownBy(() -> WebServer.start(Interface.loopback(port, true), List::of, releases))
                .isInstanceOf(WebServerFailed.class)
                .hasMessageContaining("port " + port)
                .hasMessageContaining("expected a free port");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(URI address) throws Exception {
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path))
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body());
    }

    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
