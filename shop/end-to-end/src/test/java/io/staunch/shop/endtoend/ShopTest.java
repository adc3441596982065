package io.staunch.shop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.shop.endtoend.RunningShop.Answer;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole shop: real processes, real database, real cache.
@Tag("slow")
final class ShopTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path temp = Path.of("");

    private RunningShop shop = new RunningShop(Path.of(""));
    private JsonNode started = JSON.createObjectNode();

    @BeforeEach
    void start() throws IOException, InterruptedException {
        shop = new RunningShop(temp.resolve("shop"));
        Answer answer = shop.shop("start", "--longest-life=5m");
        assertThat(answer.exitCode()).as(answer.error()).isZero();
        started = answer.json();
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        Answer _ = shop.shop("stop");
        assertThat(shop.processes()).isEmpty();
    }

    @Test
    void aCustomerLogsInFillsACartAndBuys() throws IOException, InterruptedException {
        try (HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            JsonNode found = get(browser, "/api/products?search=walnut+bowl");
            long product = found.get(0).get("id").asLong();
            assertThat(found.get(0).get("name").asString()).startsWith("Walnut Bowl");
            long price =
                    get(browser, "/api/products/" + product).get("priceCents").asLong();
            JsonNode cart = post(browser, "/api/cart", "{\"product\":" + product + ",\"quantity\":2}", 200);
            assertThat(cart.get("totalCents").asLong()).isEqualTo(2 * price);
            JsonNode refused = post(browser, "/api/checkout", "{\"cardToken\":\"card\"}", 401);
            assertThat(refused.get("error").asString()).contains("logged in");
            JsonNode _ = post(browser, "/api/login", "{\"email\":\"customer7@example.org\",\"password\":\"no\"}", 401);
            JsonNode _ = post(
                    browser, "/api/login", "{\"email\":\"customer7@example.org\",\"password\":\"correct horse\"}", 200);
            JsonNode order = post(browser, "/api/checkout", "{\"cardToken\":\"card\"}", 200);
            assertThat(order.get("paid").asBoolean()).isTrue();
            assertThat(order.get("totalCents").asLong()).isEqualTo(2 * price);
            JsonNode _ = post(browser, "/api/checkout", "{\"cardToken\":\"card\"}", 409);
            JsonNode seen = get(browser, "/api/products?category=toys&page=0").get("recentlyViewed");
            assertThat(seen.get(0).get("productId").asLong()).isEqualTo(product);
        }
    }

    @Test
    void releasesAreDeployedAndRolledBackAndTheSchemaIsUpdated() throws IOException, InterruptedException {
        long firstPid = RunningShop.service(started, "shop-api").get("pid").asLong();
        assertThat(shop.shop("migrate", "4").json().get("schemaVersion").asInt())
                .isEqualTo(4);
        expectRelease(shop.shop("deploy", "2.3.1"), "2.3.1");
        expectRelease(shop.shop("deploy", "2.4.0"), "2.4.0");
        expectRelease(shop.shop("rollback"), "2.3.1");
        expectRelease(shop.shop("deploy", "2.4.1"), "2.4.1");
        expectRelease(shop.shop("restart"), "2.4.1");
        JsonNode now = shop.status();
        assertThat(RunningShop.service(now, "shop-api").get("pid").asLong()).isNotEqualTo(firstPid);
        assertThat(shop.events().stream().map(event -> event.get("kind").asString()))
                .containsExactly(
                        "start", "start", "start", "migrate", "deploy", "deploy", "rollback", "deploy", "restart");
        JsonNode library = shop.events().get(4).get("changes").get(0);
        assertThat(library.get("library").asString()).isEqualTo("org.apache.commons:commons-text");
        JsonNode module = shop.events().get(5).get("changes");
        assertThat(module.size()).isEqualTo(1);
        assertThat(module.get(0).get("library").asString()).isEqualTo("io.staunch.shop:session-store");
        assertThat(module.get(0).get("to").asString()).isEqualTo("2.4.0");
    }

    @Test
    void theLoadTellsWhatItsVisitorsMet() throws IOException, InterruptedException {
        Answer load = shop.shop("load", "--rate=30", "--for=8s", "--think=100ms");
        assertThat(load.exitCode()).as(load.error()).isZero();
        List<JsonNode> lines = load.out().lines().map(JSON::readTree).toList();
        JsonNode summary = lines.getLast();
        assertThat(summary.get("kind").asString()).isEqualTo("summary");
        assertThat(summary.get("errors").asLong()).isZero();
        assertThat(summary.get("visitsEnded").asLong()).isBetween(170L, 310L);
        assertThat(summary.get("checkoutsCompleted").asLong()).isPositive();
        long requests = lines.subList(0, lines.size() - 1).stream()
                .mapToLong(line -> line.get("requests").asLong())
                .sum();
        assertThat(requests)
                .isBetween(
                        summary.get("requests").asLong() - 20,
                        summary.get("requests").asLong());
    }

    @Test
    void whatCanNotBeDoneIsSaidInOneLine() throws IOException, InterruptedException {
        expectComplaint(shop.shop("deploy", "9.9"), "expected a release of shop-api");
        expectComplaint(
                shop.shop("deploy", "--service=search", "1.0"),
                "expected a service shop-api, payment-gateway, cache or shop-balancer");
        expectComplaint(shop.shop("scale", "2"), "expected a shop that was started with --balanced");
        expectComplaint(shop.shop("migrate", "99"), "expected a schema update from 1 to");
        expectComplaint(shop.shop("rollback"), "expected an earlier release of shop-api");
        expectComplaint(shop.shop("start"), "found one that runs in");
        RunningShop other = new RunningShop(temp.resolve("other"));
        int port = RunningShop.service(started, "shop-api").get("port").asInt();
        expectComplaint(other.shop("start", "--port=" + port), "expected a free port, found " + port + " in use");
        expectComplaint(other.shop("start", "--release=9.9"), "found 9.9");
        expectComplaint(other.shop("stop"), "expected a running shop in");
        expectComplaint(other.shop("load"), "expected a running shop in");
        assertThat(other.status().get("state").asString()).isEqualTo("stopped");
        assertThat(shop.status().get("state").asString()).isEqualTo("running");
    }

    @Test
    void nothingIsLeftWhenTheSupervisorIsKilled() throws IOException, InterruptedException {
        long supervisor = started.get("supervisorPid").asLong();
        assertThat(ProcessHandle.of(supervisor)).hasValueSatisfying(ProcessHandle::destroyForcibly);
        for (int i = 0; i < 100 && !shop.processes().isEmpty(); i++) {
            Thread.sleep(100);
        }
        assertThat(shop.processes()).isEmpty();
        for (JsonNode service : started.get("services")) {
            assertThat(ProcessHandle.of(service.get("pid").asLong()).filter(ProcessHandle::isAlive))
                    .isEmpty();
        }
    }

    private static void expectRelease(Answer answer, String release) throws IOException {
        assertThat(answer.exitCode()).as(answer.error()).isZero();
        JsonNode api = RunningShop.service(answer.json(), "shop-api");
        assertThat(api.get("release").asString()).isEqualTo(release);
        assertThat(api.get("healthy").asBoolean()).isTrue();
        Path current = Path.of(api.get("current").asString());
        assertThat(Files.readSymbolicLink(current)).isEqualTo(Path.of("releases", release));
    }

    private static void expectComplaint(Answer answer, String what) {
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.error()).startsWith("shop: ").contains(what).hasLineCount(1);
        assertThat(answer.out()).isEmpty();
    }

    private JsonNode get(HttpClient browser, String path) throws IOException, InterruptedException {
        return send(browser, HttpRequest.newBuilder(url(path)).build(), 200);
    }

    private JsonNode post(HttpClient browser, String path, String body, int status)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url(path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return send(browser, request, status);
    }

    private static JsonNode send(HttpClient browser, HttpRequest request, int status)
            throws IOException, InterruptedException {
        HttpResponse<String> response = browser.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    private URI url(String path) {
        return URI.create(started.get("url").asString() + path);
    }
}
