package io.staunch.shop.availability;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.OptionalLong;

/// Answers how many pieces of a product are left.
final class AvailabilityServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient StockReports reports;

    AvailabilityServlet(StockReports reports) {
        this.reports = reports;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = request.getPathInfo();
        if (path == null || !path.matches("/\\d{1,9}")) {
            response.sendError(404);
            return;
        }
        try {
            OptionalLong left = reports.piecesLeft(Long.parseLong(path.substring(1)));
            response.setStatus(left.isPresent() ? 200 : 404);
            response.setContentType("application/json");
            response.getOutputStream().write(("{\"left\":" + left.orElse(0) + "}").getBytes(UTF_8));
        } catch (SQLException e) {
            throw new ServletException("the stock can't be read", e);
        }
    }
}
