package io.staunch.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A real metrics server on loopback, from the operating system's package, with a history. Its test is left out where
/// the program is not there, and says in its name what it needs.
final class MetricsServer implements AutoCloseable {
    private final List<String> command;
    private final Path log;
    private final int port;
    private Process process;

    private MetricsServer(List<String> command, Path log, int port) {
        this.command = command;
        this.log = log;
        this.port = port;
        this.process = started();
    }

    static MetricsServer prometheus(Path directory, List<Exposition.Point> history) throws Exception {
        Path program = program("prometheus");
        Path text = Exposition.openMetrics(directory.resolve("history.txt"), history);
        Process blocks = new ProcessBuilder(
                        program("promtool").toString(),
                        "tsdb",
                        "create-blocks-from",
                        "openmetrics",
                        text.toString(),
                        directory.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("blocks.log").toFile())
                .start();
        if (blocks.waitFor() != 0) {
            throw new IOException("promtool: " + Files.readString(directory.resolve("blocks.log")));
        }
        Path settings = Files.writeString(directory.resolve("prometheus.yml"), "global: {scrape_interval: 15s}\n");
        int port = freePort();
        MetricsServer server = new MetricsServer(
                List.of(
                        program.toString(),
                        "--config.file=" + settings,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port),
                directory.resolve("server.log"),
                port);
        server.await("/-/ready");
        return server;
    }

    static MetricsServer victoriaMetrics(Path directory, List<Exposition.Point> history) throws Exception {
        int port = freePort();
        MetricsServer server = new MetricsServer(
                List.of(
                        program("victoria-metrics").toString(),
                        "-storageDataPath=" + directory.resolve("data"),
                        "-httpListenAddr=127.0.0.1:" + port),
                directory.resolve("server.log"),
                port);
        server.await("/health");
        Path text = Exposition.prometheus(directory.resolve("history.txt"), history);
        server.ask(HttpRequest.newBuilder(server.address().resolve("/api/v1/import/prometheus"))
                .POST(HttpRequest.BodyPublishers.ofFile(text))
                .build());
        server.ask(HttpRequest.newBuilder(server.address().resolve("/internal/force_flush"))
                .build());
        return server;
    }

    private static Path program(String name) {
        List<Path> found = Stream.of(System.getenv("PATH").split(":", -1))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .limit(1)
                .toList();
        assumeTrue(!found.isEmpty(), name + ": expected the program on the PATH (apt-get install " + name + ")");
        return found.getFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private Process started() {
        try {
            return new ProcessBuilder(new ArrayList<>(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    void startAgain() throws Exception {
        process = started();
        await("/health");
    }

    private void await(String path) throws Exception {
        for (int tries = 0; tries < 300; tries++) {
            try {
                ask(HttpRequest.newBuilder(address().resolve(path)).build());
                return;
            } catch (IOException e) {
                Thread.sleep(200);
            }
        }
        throw new IOException(String.format(
                Locale.ROOT, "%s: expected it to answer within a minute, found %s", command, Files.readString(log)));
    }

    private void ask(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(request.uri() + ": " + answer.statusCode() + " " + answer.body());
            }
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
