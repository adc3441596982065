package io.staunch.server.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A request that the door has let in.
///
/// @param parameters of the query, decoded; of those with one name the first
/// @param body       empty if there is none
/// @param from       who sends it, for records
record Request(String method, String path, Map<String, String> parameters, String body, String from) {
    private static final int MOST_PARAMETERS = 20;

    Request {
        parameters = Map.copyOf(parameters);
    }

    boolean isPost() {
        return method.equals("POST");
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isBlank());
    }

    /// @param query as it was sent; empty if there is none
    ///
    /// @throws IllegalArgumentException if it is not encoded as queries are
    static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (!query.isEmpty()) {
            for (String pair : query.split("&", MOST_PARAMETERS + 1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    parameters.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
                }
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
