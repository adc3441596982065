package io.staunch.shop.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real servers behind the balancer, a real client in front of it.
final class ClientTest {
    @TempDir
    Path dir = Path.of("");

    private final Measures measures = new Measures();
    private HttpServer instance = server();
    private ServerSocket front = socket();

    private static HttpServer server() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/echo", ClientTest::echo);
            server.start();
            return server;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ServerSocket socket() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Answers with the request's body; in chunks when the query says so.
    private static void echo(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean chunked = "chunked".equals(exchange.getRequestURI().getQuery());
            exchange.sendResponseHeaders(200, chunked ? 0 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @BeforeEach
    void start() throws IOException {
        Path file = dir.resolve("instances");
        Files.writeString(file, "a " + instance.getAddress().getPort() + "\n");
        Backends backends = new Backends(file);
        backends.refresh();
        Connections connections = new Connections();
        Thread _ = Thread.ofVirtual().start(() -> accept(backends, connections));
    }

    private void accept(Backends backends, Connections connections) {
        try {
            while (!front.isClosed()) {
                Thread _ = Thread.startVirtualThread(new Client(front.accept(), backends, connections, measures));
            }
        } catch (IOException e) {
            assertThat(front.isClosed()).isTrue();
        }
    }

    @AfterEach
    void stop() throws IOException {
        front.close();
        instance.stop(0);
    }

    private HttpResponse<String> post(HttpClient client, String path, String body)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + front.getLocalPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void bodiesOfAllSizesComeThroughUnchanged() throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int size : new int[] {0, 1, 8_191, 8_192, 8_193, 300_000}) {
                String body = "x".repeat(size);
                assertThat(post(client, "/echo", body).body())
                        .as("%d bytes", size)
                        .isEqualTo(body);
                assertThat(post(client, "/echo?chunked", body).body())
                        .as("%d bytes in chunks", size)
                        .isEqualTo(body);
            }
            assertThat(post(client, "/missing", "").statusCode()).isEqualTo(404);
        }
        assertThat(measures.line(Instant.EPOCH)).contains("\"requests\":13").contains("\"unavailable\":0");
    }

    @Test
    void anInstanceThatIsGoneIsSaidToBeUnavailable() throws IOException, InterruptedException {
        instance.stop(0);
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            assertThat(post(client, "/echo", "hello").statusCode()).isEqualTo(503);
        }
        assertThat(measures.line(Instant.EPOCH)).contains("\"unavailable\":1");
    }
}
