package io.staunch.shop.availability;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/// How many pieces of a product are left, from what was delivered and what was ordered. Thread-safe.
final class StockReports {
    private static final long DELIVERED = 100_000;

    private final ReportConnections connections;

    StockReports(String databaseUrl) {
        this.connections = new ReportConnections(databaseUrl);
    }

    /// Empty when there is no such product.
    OptionalLong piecesLeft(long product) throws SQLException {
        Connection connection = connections.open();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT (SELECT coalesce(sum(quantity), 0) FROM order_lines WHERE product_id = p.id)"
                        + " FROM products p WHERE p.id = ?")) {
            query.setLong(1, product);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? OptionalLong.of(DELIVERED - rows.getLong(1)) : OptionalLong.empty();
            }
        } finally {
            connections.close(connection);
        }
    }
}
