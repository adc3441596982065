package io.staunch.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staunch.server.ReleaseBook;
import io.staunch.server.web.Tokens.Token;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who is let in, and what is too much.
@Execution(ExecutionMode.CONCURRENT)
class DoorTest {
    private static final String RELEASE = "{\"service\": \"shop\", \"version\": \"2.3.1\"}";
    private static final String READER = "reader-0123456789";
    private static final String ACTOR = "actor-0123456789";
    private static final String ADMIN = "admin-0123456789";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ReleaseBook releases = new ReleaseBook();
    private WebServer server;
    private WebServer open;

    @BeforeEach
    void start() throws Exception {
        server = WebServer.start(Interface.loopback(0, true), List::of, releases);
        Tokens tokens = new Tokens(List.of(
                Token.of("board", Right.READ, READER),
                Token.of("pipeline", Right.ACT, ACTOR),
                Token.of("team", Right.ADMIN, ADMIN)));
        open = WebServer.start(new Interface(InetAddress.ofLiteral("0.0.0.0"), 0, true, tokens), List::of, releases);
    }

    @AfterEach
    void stop() {
        server.close();
        open.close();
        client.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/targets, '', 401",
        "GET, /api/v1/targets, Bearer wrong-0123456789, 401",
        "GET, /api/v1/targets, Bearer reader-0123456789, 200",
        "GET, /, Bearer reader-0123456789, 200",
        "GET, /metrics, Basic broken, 401",
        "POST, /api/v1/releases, Bearer reader-0123456789, 403",
        "POST, /api/v1/releases, Bearer actor-0123456789, 200",
        "POST, /api/v1/releases, Bearer admin-0123456789, 200",
    })
    void whereOthersCanReachItATokenIsNeeded(String method, String path, String authorization, int status)
            throws Exception {
        assertThat(send(open, method, path, method.equals("POST") ? RELEASE : "", "Authorization", authorization)
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void whoLacksTheRightIsToldWhichItIs() throws Exception {
        assertThat(send(open, "POST", "/api/v1/releases", RELEASE, "Authorization", "Bearer " + READER)
                        .body())
                .contains("expected a token with the right act, found one with read");
    }

    @Test
    void aBrowserMayShowItAsAPasswordAndAWebhookAsAParameter() throws Exception {
        String basic = Base64.getEncoder().encodeToString(("any:" + READER).getBytes(StandardCharsets.UTF_8));
        assertThat(send(open, "GET", "/metrics", "", "Authorization", "Basic " + basic)
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(open, "GET", "/v1/gate?token=" + READER, "", "Accept", "*/*")
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(open, "GET", "/metrics", "", "Accept", "*/*").headers().firstValue("WWW-Authenticate"))
                .hasValue("Basic realm=\"staunch\"");
    }

    @Test
    void withoutTokensItIsServedToThisMachineAlone() {
        assertThatThrownBy(() -> new Interface(InetAddress.ofLiteral("0.0.0.0"), 0, true, Tokens.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReleaseIsTakenDownWithWhoToldOfIt() throws Exception {
        send(open, "POST", "/api/v1/releases", RELEASE, "Authorization", "Bearer " + ACTOR);
        assertThat(releases.all()).singleElement().satisfies(release -> {
            assertThat(release.service()).isEqualTo("shop");
            assertThat(release.version()).isEqualTo("2.3.1");
            assertThat(release.source()).isEqualTo("API, pipeline");
        });
    }

    @ParameterizedTest
    @CsvSource({"Content-Type, text/plain, 415", "Sec-Fetch-Site, cross-site, 415", "Sec-Fetch-Site, same-origin, 200"})
    void aPageOfAnotherSiteCanNotTellOfReleases(String header, String value, int status) throws Exception {
        assertThat(send(server, "POST", "/api/v1/releases", RELEASE, header, value)
                        .statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense                                        | expected a JSON object",
                "[]                                              | expected a JSON object",
                "{\"service\": \"shop\"}                          | version: expected a text",
                "{\"service\": \"shop\", \"version\": 3}          | version: expected a text",
                "{\"service\": \"shop\", \"version\": \"1\", \"at\": \"soon\"} | at: expected a time",
                "{\"service\": \"shop\", \"version\": \"1\", \"at\": \"2999-01-01T00:00:00Z\"} | at: expected a time that has come",
                "{\"service\": \"shop\", \"version\": \"1\", \"who\": \"me\"} | expected service, version and at",
                "{\"service\": \" \", \"version\": \"1\"}         | service: expected 1 to 200 printable",
                "{\"context\": {\"type\": \"dev.cdevents.build.started.0.1.0\"}} | context.type: expected",
            })
    void whatIsNoReleaseIsRefusedInOneSentence(String body, String said) throws Exception {
        HttpResponse<String> answer = send(server, "POST", "/api/v1/releases", body, "Accept", "*/*");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(said);
        assertThat(releases.all()).isEmpty();
    }

    @Test
    void aCdEventIsUnderstoodAloneAndInACloudEvent() throws Exception {
        String event = """
                {"context": {"version": "0.5.0", "type": "dev.cdevents.service.deployed.0.3.0",
                  "timestamp": "2026-03-01T10:00:00Z"},
                 "subject": {"id": "shop-api", "type": "service",
                  "content": {"artifactId": "pkg:oci/shop-api@sha256%3A0b1?repository_url=registry"}}}""";
        assertThat(send(server, "POST", "/api/v1/releases", event, "Accept", "*/*")
                        .statusCode())
                .isEqualTo(200);
        String cloudEvent = "{\"specversion\": \"1.0\", \"data\": " + event.replace("deployed", "rolledback") + "}";
        assertThat(send(server, "POST", "/api/v1/releases", cloudEvent, "Content-Type", "application/cloudevents+json")
                        .statusCode())
                .isEqualTo(200);
        assertThat(releases.all()).singleElement().satisfies(release -> {
            assertThat(release.service()).isEqualTo("shop-api");
            assertThat(release.version()).isEqualTo("sha256:0b1");
            assertThat(release.since()).isEqualTo("2026-03-01T10:00:00Z");
            assertThat(release.source()).isEqualTo("API, CDEvent deployed");
        });
    }

    @Test
    void aHugeBodyIsRefused() throws Exception {
        assertThat(send(server, "POST", "/api/v1/releases", " ".repeat(100_000), "Accept", "*/*")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    @Tag("slow")
    void whoNeverEndsARequestIsDisconnected() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write("GET /healthz HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void theTwoHundredAndFirstListenerIsAskedToComeBackLater() throws Exception {
        List<Socket> listeners = new ArrayList<>();
        try {
            int refused = 0;
            for (int i = 0; i < 220; i++) {
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), server.address().getPort());
                listeners.add(socket);
                socket.getOutputStream()
                        .write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
                refused += status.endsWith("503") ? 1 : 0;
            }
            assertThat(refused).isEqualTo(20);
            assertThat(send(server, "GET", "/healthz", "", "Accept", "*/*").statusCode())
                    .isEqualTo(200);
        } finally {
            for (Socket socket : listeners) {
                socket.close();
            }
        }
    }

    private HttpResponse<String> send(
            WebServer to, String method, String path, String body, String header, String value) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(to.address().resolve(path.replace("0.0.0.0", "127.0.0.1")))
                .timeout(Duration.ofSeconds(20))
                .method(method, BodyPublishers.ofString(body))
                .setHeader("Content-Type", "application/json");
        if (!value.isEmpty()) {
            request.setHeader(header, value);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
