package io.staunch.server.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.server.ReleaseBook;
import io.staunch.server.WatchedTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// What callers who mean ill or are broken get: a clear refusal or the end of their connection, and nobody else
/// notices.
@Execution(ExecutionMode.CONCURRENT)
class AbuseTest {
    private static final String POST =
            "POST /api/v1/releases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Limits IMPATIENT =
            new Limits(2_000, 20_000, 3, 40, Duration.ofSeconds(2), Duration.ofSeconds(3));
    private static final String GET = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

    private final ReleaseBook releases = new ReleaseBook();
    private WebServer server;

    @BeforeEach
    void start() throws Exception {
        server = serve(IMPATIENT, new ChattyTargets());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// An overview of about 2 MB, more than the socket buffers of a listener that does not read can hold.
    private static final class ChattyTargets implements Shown {
        @Override
        public List<WatchedTarget> targets() {
            return List.of();
        }

        @Override
        public List<String> warnings() {
            return List.of("a warning ".repeat(200_000));
        }
    }

    private WebServer serve(Limits limits, Shown shown) throws WebServerFailed {
        return WebServer.start(new Interface(HERE, 0, true, Tokens.NONE, Optional.empty(), limits), shown, releases);
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(
            strings = {
                "",
                "GET /healthz HTTP/1.1\r\nHost: loc",
                "POST /api/v1/releases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 5000\r\n\r\n{",
                POST + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
                "PUT /api/v1/releases HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n{",
            })
    void whoDoesNotEndARequestIsCutOff(String begun) throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(begun.getBytes(US_ASCII));
            assertEnds(socket);
        }
        assertServed();
    }

    @ParameterizedTest
    @Tag("slow")
    @ValueSource(strings = {"GET /healthz HTTP/1.1\r\nX-Slow: ", POST + "Content-Length: 60000\r\n\r\n"})
    void whoSendsAByteNowAndThenIsCutOffToo(String begun) throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(begun.getBytes(US_ASCII));
            Thread drip = Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        socket.getOutputStream().write(' ');
                        Thread.sleep(100);
                    }
                } catch (IOException | InterruptedException e) {
                    // It was cut off, or the test is over.
                }
            });
            assertEnds(socket);
            drip.interrupt();
        }
        assertServed();
    }

    @Test
    @Tag("slow")
    void aListenerThatDoesNotReadLosesItsPlace() throws Exception {
        List<Socket> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < IMPATIENT.listeners(); i++) {
                Socket socket = new Socket();
                socket.setReceiveBufferSize(4_096);
                socket.connect(new InetSocketAddress(HERE, server.address().getPort()));
                socket.getOutputStream().write(listening());
                assertThat(status(socket)).isEqualTo(200);
                deaf.add(socket);
            }
            try (Socket late = connect()) {
                late.getOutputStream().write(listening());
                assertThat(status(late)).isEqualTo(503);
            }
            int status = 503;
            for (int tries = 0; status == 503 && tries < 60; tries++) {
                Thread.sleep(500);
                try (Socket late = connect()) {
                    late.getOutputStream().write(listening());
                    status = status(late);
                }
            }
            assertThat(status).isEqualTo(200);
        } finally {
            for (Socket socket : deaf) {
                socket.close();
            }
        }
    }

    @Test
    @Tag("slow")
    void whoReadsNoAnswerIsCutOff() throws Exception {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(HERE, server.address().getPort()));
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            byte[] ask = "GET /api/v1/targets HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);
            boolean cut = false;
            for (int i = 0; !cut && i < 600; i++) {
                try {
                    out.write(ask);
                    Thread.sleep(100);
                } catch (IOException e) {
                    cut = true;
                }
            }
            assertThat(cut).isTrue();
        }
    }

    @Test
    @Tag("slow")
    void whoTakesAllPlacesGetsInNobodysWayForLong() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 3 * IMPATIENT.connections(); i++) {
                idle.add(connect());
            }
            assertServed();
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void aThousandListenersGetAnAnswerEachAndThoseWithoutAPlaceAreToldWhenToComeBack() throws Exception {
        try (WebServer patient =
                serve(new Limits(5_000, 5_000, 50, 2_000, Duration.ofSeconds(60), Duration.ofSeconds(60)), List::of)) {
            List<Socket> listeners = new ArrayList<>();
            try {
                for (int i = 0; i < 1_000; i++) {
                    listeners.add(new Socket(HERE, patient.address().getPort()));
                }
                for (Socket listener : listeners) {
                    listener.getOutputStream().write(listening());
                }
                int served = 0;
                for (Socket listener : listeners) {
                    listener.setSoTimeout(60_000);
                    int status = status(listener);
                    if (status == 200) {
                        served++;
                    } else {
                        assertThat(status).isEqualTo(503);
                        assertThat(rest(listener)).contains("Retry-After: 10").contains("{\"error\":\"expected fewer");
                    }
                }
                assertThat(served).isEqualTo(50);
                assertThat(get(patient, "/healthz")).startsWith("HTTP/1.1 200");
            } finally {
                for (Socket listener : listeners) {
                    listener.close();
                }
            }
        }
    }

    @Test
    void whoAsksTooOftenIsToldToWaitAndOthersAreServed() throws Exception {
        try (WebServer strict = serve(IMPATIENT.with(5, 1_000, 3), List::of)) {
            String last = "";
            for (int i = 0; i < 100 && !last.startsWith("HTTP/1.1 429"); i++) {
                last = get(strict, "/healthz");
            }
            assertThat(last).startsWith("HTTP/1.1 429").contains("Retry-After: 1");
            try (Socket other = new Socket(HERE, strict.address().getPort(), InetAddress.ofLiteral("127.0.0.2"), 0)) {
                other.getOutputStream().write((GET + "\r\n").getBytes(US_ASCII));
                assertThat(status(other)).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET /../../../../etc/passwd HTTP/1.1           | 400 404",
                "GET /api/v1/targets/../../../app.js HTTP/1.1   | 400 404",
                "GET /api/./v1/targets HTTP/1.1                 | 400 404",
                "GET /..%2f..%2fetc%2fpasswd HTTP/1.1           | 400 404",
                "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1         | 400 404",
                "GET /%252e%252e/etc/passwd HTTP/1.1            | 400 404",
                "GET //api/v1/targets HTTP/1.1                  | 400 404",
                "GET /api//v1/targets HTTP/1.1                  | 400 404",
                "GET /app.js%00.html HTTP/1.1                   | 400 404",
                "GET /app.js%0d%0aX-Evil:%201 HTTP/1.1          | 400 404",
                "GET /api/v1/targets;x=1 HTTP/1.1               | 400 404",
                "GET /..\\..\\etc\\passwd HTTP/1.1              | 400 404",
                "GET /%c0%ae%c0%ae/etc/passwd HTTP/1.1          | 400 404",
                "GET /app.js%zz HTTP/1.1                        | 400",
                "GET http://evil.example/healthz HTTP/1.1       | 400 404 421",
                "GET healthz HTTP/1.1                           | 400",
                "GET * HTTP/1.1                                 | 400 404",
                "GET /healthz HTTP/3.7                          | 400 505",
                "GET                                            | 400",
                "TRACE /healthz HTTP/1.1                        | 405",
                "CONNECT evil.example:443 HTTP/1.1              | 400 404 405",
                "BREW /healthz HTTP/1.1                         | 405",
                "DELETE /api/v1/targets HTTP/1.1                | 405",
            })
    void aTrickOfThePathOrTheMethodIsRefusedInOneSentence(String line, String statuses) throws Exception {
        String answer = ask(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertRefused(answer, statuses);
        assertThat(answer).doesNotContain("X-Evil").doesNotContain("root:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 5\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\nGET /x HTTP/1.1 | 400",
                "Content-Length: 5\\r\\nContent-Length: 6\\r\\n\\r\\nhello!     | 400",
                "Content-Length: -1\\r\\n\\r\\n                                  | 400",
                "Content-Length: 99999999999999999999\\r\\n\\r\\n                | 400 413",
                "Transfer-Encoding: gzip\\r\\n\\r\\n                             | 400 501",
                "Transfer-Encoding: chunked\\r\\n\\r\\nZZ\\r\\n                  | 400 405",
                "Host: localhost\\r\\n\\r\\n                                     | 400",
                "No colon here\\r\\n\\r\\n                                       | 400",
                "Bad Name: x\\r\\n\\r\\n                                         | 400",
                "X-Folded: a\\r\\n b\\r\\n\\r\\n                                 | 400",
            })
    void whatTwoReadersCouldTakeForDifferentRequestsIsRefused(String rest, String statuses) throws Exception {
        String request = "POST /api/v1/targets HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + rest.replace("\\r", "\r").replace("\\n", "\n");
        assertRefused(ask(request), statuses);
    }

    @Test
    void headersAndRequestLinesHaveALimit() throws Exception {
        assertRefused(ask(GET + "X-Long: " + "x".repeat(20_000) + "\r\n\r\n"), "431");
        assertRefused(ask(GET + "X: y\r\n".repeat(5_000) + "\r\n"), "431");
        assertRefused(ask("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"), "414");
        assertRefused(ask("GET /" + "x".repeat(1_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"), "414");
        assertServed();
    }

    @Test
    void aBodyWithoutEndIsNotRead() throws Exception {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write((POST + "Transfer-Encoding: chunked\r\n\r\n").getBytes(US_ASCII));
            byte[] chunk = ("4000\r\n" + " ".repeat(0x4000) + "\r\n").getBytes(US_ASCII);
            long sent = 0;
            try {
                while (sent < 256 << 20) {
                    out.write(chunk);
                    sent += chunk.length;
                }
            } catch (IOException e) {
                // It was cut off: what is asserted below.
            }
            assertThat(sent).isLessThan(64 << 20);
        }
        assertServed();
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example, 415",
        "http://localhost.evil.example, 415",
        "null, 415",
        "not an origin, 415",
        "http://localhost:1, 415",
    })
    void aPageOfAnotherOriginCanNotChangeAnything(String origin, int status) throws Exception {
        assertRefused(ask(post("Origin: " + origin)), Integer.toString(status));
        assertThat(releases.all()).isEmpty();
    }

    @Test
    void ourOwnPageCan() throws Exception {
        String own = "localhost:" + server.address().getPort();
        assertThat(ask(post("Origin: http://" + own).replace("Host: localhost", "Host: " + own)))
                .startsWith("HTTP/1.1 200");
        assertThat(releases.all()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "[::2]", "10.0.0.1"})
    void aNameThatWasBentToLoopbackIsRefused(String host) throws Exception {
        assertRefused(ask("GET /api/v1/targets HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"), "421");
    }

    @Test
    void aWrongTokenIsSaidNowhere() throws Exception {
        String wrong = "wrong-0123456789";
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, UTF_8));
        Tokens tokens = new Tokens(List.of(Tokens.Token.of("board", Right.READ, "right-0123456789")));
        try (WebServer open =
                WebServer.start(new Interface(InetAddress.ofLiteral("0.0.0.0"), 0, true, tokens), List::of, releases)) {
            for (String request : List.of(
                    GET + "Authorization: Bearer " + wrong + "\r\n\r\n",
                    GET + "Authorization: Basic d3Jvbmc=\r\n\r\n",
                    GET.replace("/healthz", "/metrics?token=" + wrong) + "\r\n",
                    GET.replace("/healthz", "/metrics?token=%zz" + wrong) + "\r\n")) {
                String answer = ask(open, request);
                assertRefused(answer, "400 401");
                assertThat(answer).doesNotContain(wrong);
            }
        } finally {
            System.setErr(before);
        }
        assertThat(said.toString(UTF_8)).doesNotContain(wrong);
    }

    private static String post(String header) {
        String body = "{\"service\": \"shop\", \"version\": \"1\"}";
        return "POST /api/v1/releases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + header
                + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static void assertRefused(String answer, String statuses) {
        assertThat(answer).startsWith("HTTP/1.1 ");
        assertThat(List.of(statuses.strip().split(" "))).contains(answer.substring(9, 12));
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(new JsonMapper().readTree(body).get("error").asString())
                .matches("expected [^\n]+|nothing is served under this path");
        assertThat(answer).contains("X-Content-Type-Options: nosniff", "Content-Security-Policy: default-src 'self'");
    }

    private void assertServed() throws IOException {
        assertThat(get(server, "/healthz")).startsWith("HTTP/1.1 200");
    }

    private static void assertEnds(Socket socket) throws IOException {
        socket.setSoTimeout(60_000);
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    private static byte[] listening() {
        return "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);
    }

    private static int status(Socket socket) throws IOException {
        socket.setSoTimeout(60_000);
        return Integer.parseInt(new String(socket.getInputStream().readNBytes(12), US_ASCII).substring(9));
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    private Socket connect() throws IOException {
        return new Socket(HERE, server.address().getPort());
    }

    private static String get(WebServer from, String path) throws IOException {
        return ask(from, GET.replace("/healthz", path) + "\r\n");
    }

    private String ask(String request) throws IOException {
        return ask(server, request);
    }

    private static String ask(WebServer of, String request) throws IOException {
        try (Socket socket = new Socket(HERE, of.address().getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
