package io.staunch.server.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What a request is answered with. An error's body is `{"error": "one sentence"}`.
final class Response {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final int status;
    private final String type;
    private final byte[] body;
    private final Map<String, String> headers;

    /// @param headers further ones, beside the content's type and the safety headers that every answer has
    private Response(int status, String type, byte[] body, Map<String, String> headers) {
        this.status = status;
        this.type = type;
        this.body = body;
        this.headers = headers;
    }

    static Response json(Object value) {
        return json(200, value);
    }

    static Response json(int status, Object value) {
        return new Response(status, "application/json", MAPPER.writeValueAsBytes(value), Map.of());
    }

    static Response text(String type, String text) {
        return file(type, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Keeps the array.
    static Response file(String type, byte[] content) {
        return new Response(200, type, content, Map.of());
    }

    static Response error(int status, String sentence) {
        return new Response(status, "application/json", MAPPER.writeValueAsBytes(Map.of("error", sentence)), Map.of());
    }

    Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, type, body, more);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    /// Not a copy.
    byte[] body() {
        return body;
    }

    Map<String, String> headers() {
        return headers;
    }
}
