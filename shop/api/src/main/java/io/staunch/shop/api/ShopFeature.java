package io.staunch.shop.api;

import jakarta.servlet.http.HttpServlet;
import java.sql.SQLException;

/// A part of the API that comes in a jar of its own and is found by `ServiceLoader`; served at `/api/NAME/`.
public interface ShopFeature {
    String name();

    /// Makes the servlet, once; the database is the shop's own.
    HttpServlet servlet(String databaseUrl) throws SQLException;
}
