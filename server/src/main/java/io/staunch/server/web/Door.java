package io.staunch.server.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;

/// Every request comes through here: only reading, only under a name of this machine's loopback (a page elsewhere whose
/// name was bent to 127.0.0.1 has another), and every answer has the headers that keep a browser safe.
final class Door implements HttpHandler {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int LONGEST_PATH = 512;

    private final Api api;
    private final LiveEvents events;

    Door(Api api, LiveEvents events) {
        this.api = api;
        this.events = events;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            safe(exchange.getResponseHeaders());
            String path = exchange.getRequestURI().getPath();
            String method = exchange.getRequestMethod();
            if (!isAddressedToUs(exchange)) {
                send(exchange, Response.error(421, "expected the host localhost, found another"));
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                send(
                        exchange,
                        Response.error(405, "expected GET, found " + method).with("Allow", "GET, HEAD"));
            } else if (path == null || path.length() > LONGEST_PATH) {
                send(exchange, Response.error(414, "expected a path of at most " + LONGEST_PATH + " characters"));
            } else if (path.equals("/api/v1/events") && method.equals("GET")) {
                events.stream(exchange);
            } else {
                send(exchange, answer(path));
            }
        }
    }

    private Response answer(String path) {
        try {
            return api.answer(path);
        } catch (RuntimeException e) {
            return Response.error(
                    500, "expected an answer, found " + e.getClass().getSimpleName());
        }
    }

    private static boolean isAddressedToUs(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        return host != null && NAMES.contains(host.replaceFirst(":\\d+$", ""));
    }

    private static void safe(Headers headers) {
        headers.set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
    }

    static void send(HttpExchange exchange, Response response) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", response.type());
        response.headers().forEach(headers::set);
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(response.body().length));
            exchange.sendResponseHeaders(response.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(response.status(), response.body().length == 0 ? -1 : response.body().length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(response.body());
        }
    }
}
