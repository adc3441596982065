package io.staunch.shop.control;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Sends a command to a running shop and waits until it is done.
final class ControlClient {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private ControlClient() {}

    record Answer(String error) {}

    static void send(Path dir, ShopCommand command) throws IOException, ShopException, InterruptedException {
        ShopState state = running(dir);
        String token = Files.readString(ControlServer.tokenFile(dir));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + state.controlPort() + "/command"))
                .timeout(PATIENCE)
                .header("Authorization", token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(command)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new ShopException(
                        Json.MAPPER.readValue(response.body(), Answer.class).error());
            }
        }
    }

    /// The state of the shop that runs in the folder.
    static ShopState running(Path dir) throws IOException, ShopException {
        return ShopState.read(dir)
                .filter(state -> state.supervisor().alive())
                .orElseThrow(() -> new ShopException("expected a running shop in " + dir + ", found none"));
    }
}
