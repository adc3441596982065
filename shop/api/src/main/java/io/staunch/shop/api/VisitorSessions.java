package io.staunch.shop.api;

import io.staunch.shop.session.CartSession;
import io.staunch.shop.session.SessionStore;
import io.staunch.shop.session.Visitor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Objects;
import java.util.Optional;

/// Finds the shopping session that belongs to a request's HTTP session; opens one when there is none.
final class VisitorSessions {
    private static final String SHOPPING_SESSION = "shopping-session";

    private final SessionStore store;

    VisitorSessions(SessionStore store) {
        this.store = store;
    }

    CartSession of(HttpServletRequest request) {
        HttpSession http = request.getSession(true);
        return known(http).orElseGet(() -> {
            CartSession opened = store.open(visitor(request));
            http.setAttribute(SHOPPING_SESSION, opened.id());
            return opened;
        });
    }

    private Optional<CartSession> known(HttpSession http) {
        return http.getAttribute(SHOPPING_SESSION) instanceof String id ? store.find(id) : Optional.empty();
    }

    void end(HttpServletRequest request) {
        HttpSession http = request.getSession(false);
        if (http != null) {
            known(http).ifPresent(session -> store.end(session.id()));
            http.invalidate();
        }
    }

    private static Visitor visitor(HttpServletRequest request) {
        return new Visitor(
                request.getRemoteAddr(),
                Objects.requireNonNullElse(request.getHeader("User-Agent"), "unknown"),
                Objects.requireNonNullElse(request.getHeader("Accept-Language"), "en"),
                request.getRequestURL().toString());
    }
}
