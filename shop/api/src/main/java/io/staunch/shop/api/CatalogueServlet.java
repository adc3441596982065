package io.staunch.shop.api;

import io.staunch.shop.session.ViewedProduct;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// `GET /api/products?category=…&page=…`, `GET /api/products?search=…`, `GET /api/products/{id}`.
final class CatalogueServlet extends JsonServlet {
    private static final long serialVersionUID = 1;

    private final transient Catalogue catalogue;
    private final transient VisitorSessions sessions;
    private final transient InstantSource clock;

    CatalogueServlet(JsonMapper json, Catalogue catalogue, VisitorSessions sessions, InstantSource clock) {
        super(json);
        this.catalogue = catalogue;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            Optional<String> id = rest(request);
            if (id.isPresent()) {
                product(id.get(), request, response);
            } else {
                list(request, response);
            }
        } catch (SQLException e) {
            throw new ServletException("the catalogue can't be read", e);
        }
    }

    private void product(String id, HttpServletRequest request, HttpServletResponse response)
            throws SQLException, IOException {
        Optional<Product> product = id.matches("\\d{1,9}") ? catalogue.product(Long.parseLong(id)) : Optional.empty();
        if (product.isEmpty()) {
            refuse(response, 404, "no such product");
            return;
        }
        Product seen = product.get();
        sessions.of(request)
                .viewed(new ViewedProduct(
                        seen.id(), seen.name(), seen.summary(), seen.image(), seen.priceCents(), clock.instant()));
        answer(response, 200, seen);
    }

    private void list(HttpServletRequest request, HttpServletResponse response) throws SQLException, IOException {
        String search = request.getParameter("search");
        if (search != null) {
            sessions.of(request);
            answer(response, 200, catalogue.search(search));
            return;
        }
        String category = Objects.requireNonNullElse(request.getParameter("category"), "garden");
        String page = Objects.requireNonNullElse(request.getParameter("page"), "0");
        if (!page.matches("\\d{1,4}")) {
            refuse(response, 400, "expected a page number of 0 or more");
            return;
        }
        answer(
                response,
                200,
                Map.of(
                        "page", catalogue.page(category, Integer.parseInt(page)),
                        "recentlyViewed", sessions.of(request).recentlyViewed()));
    }
}
