package io.staunch.server.web;

import io.staunch.server.web.Tokens.Token;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.util.Callback;

/// Every request comes through here. No client may ask too often. On loopback it must be addressed to a name of
/// loopback (a page elsewhere whose name was bent to 127.0.0.1 has another); on any other address it must show a token.
/// What changes something must be JSON and must not come from another site's page.
final class Door extends Handler.Abstract {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int LONGEST_PATH = 512;
    private static final int LONGEST_QUERY = 2_048;
    private static final int MOST_BYTES = 64 << 10;

    private final Interface served;
    private final Api api;
    private final LiveEvents events;
    private final Deadlines deadlines;
    private final Throttle throttle;

    Door(Interface served, Api api, LiveEvents events, Deadlines deadlines) {
        this.served = served;
        this.api = api;
        this.events = events;
        this.deadlines = deadlines;
        this.throttle = new Throttle(served.limits(), System::nanoTime);
    }

    @Override
    public boolean handle(
            org.eclipse.jetty.server.Request request, org.eclipse.jetty.server.Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, deadlines);
        exchange.deadline(served.limits().answer());
        try {
            serve(exchange);
            exchange.deadline(served.limits().request());
            callback.succeeded();
        } catch (IOException e) {
            callback.failed(e);
        }
        return true;
    }

    private void serve(Exchange exchange) throws IOException {
        Optional<Response> refused = refusal(exchange);
        if (refused.isPresent()) {
            exchange.send(refused.get());
        } else if (exchange.path().equals("/api/v1/events") && exchange.method().equals("GET")) {
            events.stream(exchange, parameters(exchange).getOrDefault("after", ""));
        } else {
            exchange.send(answer(exchange));
        }
    }

    private Optional<Response> refusal(Exchange exchange) {
        if (!throttle.mayAsk(exchange.client())) {
            return Optional.of(
                    Response.error(429, "expected fewer requests a second").with("Retry-After", "1"));
        }
        if (!isAddressedToUs(exchange)) {
            return Optional.of(Response.error(421, "expected the host localhost, found another"));
        }
        String path = exchange.path();
        if (path.length() > LONGEST_PATH || exchange.query().length() > LONGEST_QUERY) {
            return Optional.of(Response.error(
                    414,
                    "expected a path of at most " + LONGEST_PATH + " characters and a query of at most "
                            + LONGEST_QUERY));
        }
        if (leadsAstray(exchange)) {
            return Optional.of(Response.error(404, "nothing is served under this path"));
        }
        String method = exchange.method();
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

    /// Paths are names here, and lead nowhere: one with steps, empty steps, parameters or control characters is
    /// nobody's.
    private static boolean leadsAstray(Exchange exchange) {
        String path = exchange.path();
        return !path.startsWith("/")
                || exchange.rawPath().contains("/.")
                || exchange.rawPath().contains(";")
                || path.contains("/.")
                || path.contains("//")
                || path.chars().anyMatch(Character::isISOControl);
    }

    private Optional<Response> unauthorised(Exchange exchange, Right needed) {
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

    private Optional<Token> token(Exchange exchange) {
        return served.tokens()
                .shownBy(
                        exchange.header("Authorization"),
                        Optional.ofNullable(parameters(exchange).get("token")));
    }

    private Response answer(Exchange exchange) throws IOException {
        byte[] body = exchange.body(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            return Response.error(413, "expected at most " + MOST_BYTES + " bytes")
                    .with("Connection", "close");
        }
        String from = "API"
                + (served.isOpen() ? ", " + token(exchange).map(Token::name).orElse("") : "");
        try {
            return api.answer(new Request(
                    exchange.method(),
                    exchange.path(),
                    parameters(exchange),
                    new String(body, StandardCharsets.UTF_8),
                    from));
        } catch (RuntimeException e) {
            return Response.error(
                    500, "expected an answer, found " + e.getClass().getSimpleName());
        }
    }

    private static Map<String, String> parameters(Exchange exchange) {
        try {
            return Request.parameters(exchange.query());
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    private boolean isAddressedToUs(Exchange exchange) {
        return served.isOpen()
                || exchange.header("Host")
                        .map(host -> host.replaceFirst(":\\d+$", ""))
                        .filter(NAMES::contains)
                        .isPresent();
    }

    /// A form of another site's page can send no JSON without asking first, and a browser says where it comes from.
    private static boolean isOurOwnOrNoPage(Exchange exchange) {
        boolean json = exchange.header("Content-Type")
                .filter(type -> type.matches("(?i)application/([a-z]+\\+)?json\\b.*"))
                .isPresent();
        boolean sameSite = exchange.header("Sec-Fetch-Site")
                .map(site -> site.equals("same-origin") || site.equals("none"))
                .orElse(true);
        boolean sameOrigin = exchange.header("Origin")
                .map(origin -> isOurs(origin, exchange))
                .orElse(true);
        return json && sameSite && sameOrigin;
    }

    private static boolean isOurs(String origin, Exchange exchange) {
        try {
            URI from = URI.create(origin);
            return from.getRawAuthority() != null
                    && exchange.header("Host")
                            .filter(from.getRawAuthority()::equalsIgnoreCase)
                            .isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
