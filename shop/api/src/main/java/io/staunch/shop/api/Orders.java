package io.staunch.shop.api;

import io.staunch.shop.session.CartLine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/// The orders in the database. Thread-safe.
final class Orders {
    private final DataSource database;

    Orders(DataSource database) {
        this.database = database;
    }

    /// Writes an order that is not yet paid, with its lines, in one transaction; its number.
    long place(String email, List<CartLine> lines, long totalCents) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                long order = insertOrder(connection, email, totalCents);
                insertLines(connection, order, lines);
                connection.commit();
                return order;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static long insertOrder(Connection connection, String email, long totalCents) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO orders (customer_id, total_cents) SELECT id, ? FROM customers WHERE email = ? RETURNING id")) {
            insert.setLong(1, totalCents);
            insert.setString(2, email);
            try (ResultSet rows = insert.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("expected the customer of the order in the table customers, found none");
                }
                return rows.getLong(1);
            }
        }
    }

    private static void insertLines(Connection connection, long order, List<CartLine> lines) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO order_lines (order_id, product_id, quantity, unit_price_cents) VALUES (?, ?, ?, ?)")) {
            for (CartLine line : lines) {
                insert.setLong(1, order);
                insert.setLong(2, line.productId());
                insert.setInt(3, line.quantity());
                insert.setLong(4, line.unitPriceCents());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /// Notes how the payment ended.
    void settle(long order, boolean paid, String transaction) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE orders SET state = ?, transaction = ? WHERE id = ?")) {
            update.setString(1, paid ? "paid" : "refused");
            update.setString(2, transaction);
            update.setLong(3, order);
            update.executeUpdate();
        }
    }
}
