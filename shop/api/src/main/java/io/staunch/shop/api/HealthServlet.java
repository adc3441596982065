package io.staunch.shop.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/// `GET /health`: up when the database answers.
final class HealthServlet extends JsonServlet {
    private static final long serialVersionUID = 1;

    private final transient DataSource database;

    HealthServlet(JsonMapper json, DataSource database) {
        super(json);
        this.database = database;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (Connection connection = database.getConnection()) {
            boolean up = connection.isValid(1);
            answer(response, up ? 200 : 503, Map.of("status", up ? "up" : "down"));
        } catch (SQLException e) {
            refuse(response, 503, "no database connection");
        }
    }
}
