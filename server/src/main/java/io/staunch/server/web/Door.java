package io.staunch.server.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.staunch.server.web.Tokens.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Every request comes through here. On loopback it must be addressed to a name of loopback (a page elsewhere whose
/// name was bent to 127.0.0.1 has another); on any other address it must show a token. What changes something must be
/// JSON and must not come from another site's page. Every answer has the headers that keep a browser safe.
final class Door implements HttpHandler {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int LONGEST_PATH = 512;
    private static final int LONGEST_QUERY = 2_048;
    private static final int MOST_BYTES = 64 << 10;

    private final Interface served;
    private final Api api;
    private final LiveEvents events;

    Door(Interface served, Api api, LiveEvents events) {
        this.served = served;
        this.api = api;
        this.events = events;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            safe(exchange.getResponseHeaders());
            Optional<Response> refused = refusal(exchange);
            if (refused.isPresent()) {
                send(exchange, refused.get());
                return;
            }
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/api/v1/events") && exchange.getRequestMethod().equals("GET")) {
                events.stream(exchange);
            } else {
                send(exchange, answer(exchange, path));
            }
        }
    }

    private Optional<Response> refusal(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        if (!isAddressedToUs(exchange)) {
            return Optional.of(Response.error(421, "expected the host localhost, found another"));
        }
        if (path == null || path.length() > LONGEST_PATH || query(exchange).length() > LONGEST_QUERY) {
            return Optional.of(Response.error(
                    414,
                    "expected a path of at most " + LONGEST_PATH + " characters and a query of at most "
                            + LONGEST_QUERY));
        }
        Set<String> methods = api.methods(path);
        if (!methods.contains(method)) {
            String allowed = String.join(", ", new TreeSet<>(methods));
            return Optional.of(Response.error(405, "expected " + allowed + ", found another")
                    .with("Allow", allowed));
        }
        if (method.equals("POST") && !isOurOwnOrNoPage(exchange)) {
            return Optional.of(Response.error(415, "expected JSON that no page of another site sends"));
        }
        return served.isOpen() ? unauthorised(exchange, api.needed(method, path)) : Optional.empty();
    }

    private Optional<Response> unauthorised(HttpExchange exchange, Right needed) {
        Optional<Token> token = token(exchange);
        if (token.isEmpty()) {
            return Optional.of(Response.error(401, "expected a token, found none that is known")
                    .with("WWW-Authenticate", "Basic realm=\"staunch\""));
        }
        return token.get().right().includes(needed)
                ? Optional.empty()
                : Optional.of(Response.error(
                        403,
                        "expected a token with the right " + needed.word() + ", found one with "
                                + token.get().right().word()));
    }

    private Optional<Token> token(HttpExchange exchange) {
        return served.tokens()
                .shownBy(exchange, Optional.ofNullable(parameters(exchange).get("token")));
    }

    private Response answer(HttpExchange exchange, String path) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            return Response.error(413, "expected at most " + MOST_BYTES + " bytes")
                    .with("Connection", "close");
        }
        String from = "API"
                + (served.isOpen() ? ", " + token(exchange).map(Token::name).orElse("") : "");
        try {
            return api.answer(new Request(
                    exchange.getRequestMethod(),
                    path,
                    parameters(exchange),
                    new String(body, StandardCharsets.UTF_8),
                    from));
        } catch (RuntimeException e) {
            return Response.error(
                    500, "expected an answer, found " + e.getClass().getSimpleName());
        }
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        try {
            return Request.parameters(query(exchange));
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    private static String query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null ? "" : query;
    }

    private boolean isAddressedToUs(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        return served.isOpen() || (host != null && NAMES.contains(host.replaceFirst(":\\d+$", "")));
    }

    /// A form of another site's page can send no JSON without asking first, and a browser says where it comes from.
    private static boolean isOurOwnOrNoPage(HttpExchange exchange) {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
        boolean json = type != null && type.matches("(?i)application/([a-z]+\\+)?json\\b.*");
        return json && (site == null || site.equals("same-origin") || site.equals("none"));
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
