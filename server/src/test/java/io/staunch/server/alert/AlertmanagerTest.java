package io.staunch.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Debian's Alertmanager, told for real.
@Timeout(120)
class AlertmanagerTest {
    @TempDir
    private Path directory;

    @Test
    void itHasOneAlertForAnIncidentUntilThatEndsNeedsAlertmanager() throws Exception {
        Path program = program();
        int port = freePort();
        URI address = URI.create("http://127.0.0.1:" + port + "/");
        Process process = start(program, port);
        try (HttpClient http = HttpClient.newHttpClient()) {
            await(http, address);
            Route route = new Alertmanager(address);
            Instant now = Instant.now();
            route.tell(alert(Alert.Phase.FIRING, "grows by 95 MiB an hour"), Optional.empty(), now);
            JsonNode told = only(alerts(http, address));
            assertThat(told.at("/status/state").asString()).isEqualTo("active");
            assertThat(told.at("/labels/alertname").asString()).isEqualTo("MemoryLeak");
            assertThat(told.at("/labels/service").asString()).isEqualTo("shop-api");
            assertThat(told.at("/annotations/runbook_url").asString())
                    .isEqualTo("http://localhost:8710/playbook/sessions");
            assertThat(told.at("/annotations/description").asString()).contains("95 MiB");

            route.tell(alert(Alert.Phase.FIRING, "grows by 120 MiB an hour"), Optional.empty(), now);
            JsonNode again = only(alerts(http, address));
            assertThat(again.get("fingerprint")).isEqualTo(told.get("fingerprint"));
            assertThat(again.at("/annotations/description").asString()).contains("120 MiB");

            route.tell(alert(Alert.Phase.RESOLVED, "grows by 120 MiB an hour"), Optional.empty(), Instant.now());
            assertThat(alerts(http, address)).isEmpty();
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static Alert alert(Alert.Phase phase, String why) {
        return Instances.alert(phase, why, Optional.empty());
    }

    private static JsonNode only(JsonNode alerts) {
        assertThat(alerts).hasSize(1);
        return alerts.get(0);
    }

    private static JsonNode alerts(HttpClient http, URI address) throws IOException, InterruptedException {
        return new JsonMapper().readTree(get(http, address.resolve("api/v2/alerts")));
    }

    private static String get(HttpClient http, URI address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    private Process start(Path program, int port) throws IOException {
        Path settings = Files.writeString(
                directory.resolve("alertmanager.yml"), "route: {receiver: none}\nreceivers: [{name: none}]\n");
        return new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + settings,
                        "--storage.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("alertmanager.log").toFile())
                .start();
    }

    private void await(HttpClient http, URI address) throws IOException, InterruptedException {
        for (int tries = 0; tries < 300; tries++) {
            try {
                get(http, address.resolve("-/ready"));
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("expected Alertmanager to answer within half a minute, found "
                + Files.readString(directory.resolve("alertmanager.log")));
    }

    private static Path program() {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(":", -1))
                .flatMap(place ->
                        Stream.of("prometheus-alertmanager", "alertmanager").map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(
                found.isPresent(),
                "expected Alertmanager on the PATH (apt-get install prometheus-alertmanager), found none");
        return found.orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
