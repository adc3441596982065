package io.staunch.shop.api;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What the shop's servlets share: bodies and answers are JSON.
abstract class JsonServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    /// The context parameter and answer header that name the features of this release.
    static final String FEATURES = "Shop-Features";

    private final transient JsonMapper json;

    JsonServlet(JsonMapper json) {
        this.json = json;
    }

    final void answer(HttpServletResponse response, int status, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        response.setStatus(status);
        response.setHeader(FEATURES, getServletContext().getInitParameter(FEATURES));
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    final void refuse(HttpServletResponse response, int status, String why) throws IOException {
        answer(response, status, Map.of("error", why));
    }

    /// The request's body; empty when it is not the JSON that was expected.
    final <T> Optional<T> body(HttpServletRequest request, Class<T> type) throws IOException {
        byte[] bytes = request.getInputStream().readAllBytes();
        try {
            return Optional.of(json.readValue(bytes, type));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /// The part of the path after the servlet's own, without its slash; empty when there is none.
    static Optional<String> rest(HttpServletRequest request) {
        return Optional.ofNullable(request.getPathInfo())
                .map(path -> path.substring(1))
                .filter(path -> !path.isEmpty());
    }
}
