package io.staunch.shop.availability;

import io.staunch.shop.api.ShopFeature;
import jakarta.servlet.http.HttpServlet;
import java.sql.SQLException;

/// `GET /api/availability/{product}`.
public final class AvailabilityFeature implements ShopFeature {
    @Override
    public String name() {
        return "availability";
    }

    @Override
    public HttpServlet servlet(String databaseUrl) throws SQLException {
        return new AvailabilityServlet(new StockReports(databaseUrl));
    }
}
