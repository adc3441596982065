package io.staunch.shop.api;

import io.staunch.shop.auth.LoginTokens;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// `POST /api/login` with e-mail and password, `DELETE /api/login` to log out.
final class LoginServlet extends JsonServlet {
    private static final long serialVersionUID = 1;

    /// The cookie that carries the login token.
    static final String LOGIN = "login";

    private final transient Customers customers;
    private final transient LoginTokens tokens;
    private final transient VisitorSessions sessions;

    LoginServlet(JsonMapper json, Customers customers, LoginTokens tokens, VisitorSessions sessions) {
        super(json);
        this.customers = customers;
        this.tokens = tokens;
        this.sessions = sessions;
    }

    record Credentials(String email, String password) {}

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Optional<Credentials> credentials = body(request, Credentials.class);
        if (credentials.isEmpty()) {
            refuse(response, 400, "expected an e-mail and a password");
            return;
        }
        String email = credentials.get().email();
        try {
            if (!customers.verify(email, credentials.get().password())) {
                refuse(response, 401, "unknown e-mail or wrong password");
                return;
            }
            sessions.of(request).logIn(email);
            Cookie cookie = new Cookie(LOGIN, tokens.issue(email));
            cookie.setHttpOnly(true);
            cookie.setPath("/");
            response.addCookie(cookie);
            answer(response, 200, Map.of("customer", email));
        } catch (SQLException | GeneralSecurityException e) {
            throw new ServletException("the login can't be checked", e);
        }
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        sessions.end(request);
        answer(response, 200, Map.of("customer", ""));
    }
}
