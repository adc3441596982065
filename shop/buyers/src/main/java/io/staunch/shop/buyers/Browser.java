package io.staunch.shop.buyers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One visitor's browser: keeps cookies, measures each answer.
final class Browser {
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    private static final String SESSION = "JSESSIONID";

    private final HttpClient http;
    private final URI shop;
    private final Tally tally;
    private final Map<String, String> cookies = new TreeMap<>();
    private boolean hit;
    private String features = "";

    Browser(HttpClient http, URI shop, Tally tally) {
        this.http = http;
        this.shop = shop;
        this.tally = tally;
    }

    boolean get(String path) throws InterruptedException {
        return send(request(path).GET());
    }

    boolean post(String path, String json) throws InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    boolean delete(String path) throws InterruptedException {
        return send(request(path).DELETE());
    }

    /// True when the visitor met an error or a slow answer.
    boolean wasHit() {
        return hit;
    }

    /// True when the shop's pages offer that feature.
    boolean offers(String feature) {
        return List.of(features.split(",", -1)).contains(feature);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(shop.resolve(path))
                .timeout(PATIENCE)
                .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
                .header("Accept-Language", "en-GB,en;q=0.7,de;q=0.3");
        if (!cookies.isEmpty()) {
            StringBuilder header = new StringBuilder();
            cookies.forEach((name, value) -> header.append(header.isEmpty() ? "" : "; ")
                    .append(name)
                    .append('=')
                    .append(value));
            request.header("Cookie", header.toString());
        }
        return request;
    }

    /// True when the answer came in time and was a success.
    private boolean send(HttpRequest.Builder request) throws InterruptedException {
        long start = System.nanoTime();
        boolean ok;
        try {
            HttpResponse<Void> response = http.send(request.build(), HttpResponse.BodyHandlers.discarding());
            ok = response.statusCode() < 400;
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            features = response.headers().firstValue("Shop-Features").orElse(features);
        } catch (IOException e) {
            ok = false;
        }
        long took = System.nanoTime() - start;
        tally.answered(took, ok);
        hit |= !ok || tally.isSlow(took);
        return ok;
    }

    private void keep(String setCookie) {
        String pair = setCookie.split(";", 2)[0];
        int equals = pair.indexOf('=');
        String name = pair.substring(0, equals);
        if (name.equals(SESSION)) {
            tally.sessionOpened();
        }
        cookies.put(name, pair.substring(equals + 1));
    }
}
