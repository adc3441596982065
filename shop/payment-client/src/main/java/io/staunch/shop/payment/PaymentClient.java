package io.staunch.shop.payment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The gateway's API, called over HTTP; waits for the answer up to a time limit. Thread-safe.
public final class PaymentClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final JsonMapper json = new JsonMapper();
    private final URI charges;

    public PaymentClient(URI gateway) {
        this.charges = gateway.resolve("/v1/charges");
    }

    /// Charges the card and waits for the answer.
    ///
    /// @throws IOException when the gateway can't be reached, is late, or answers what can't be read
    public Receipt charge(Charge charge) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(charges)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(charge)))
                .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("payment gateway: expected status 200, found " + response.statusCode());
        }
        try {
            return json.readValue(response.body(), Receipt.class);
        } catch (JacksonException e) {
            throw new IOException("payment gateway: expected a receipt, found something else", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
