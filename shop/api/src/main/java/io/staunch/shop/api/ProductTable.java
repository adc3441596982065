package io.staunch.shop.api;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/// The catalogue's products in the database. Thread-safe.
final class ProductTable {
    static final int PAGE_SIZE = 12;

    private static final String COLUMNS = "SELECT id, category, name, summary, image, price_cents FROM products ";

    private final DataSource database;

    ProductTable(DataSource database) {
        this.database = database;
    }

    Optional<Product> product(long id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(COLUMNS + "WHERE id = ?")) {
            query.setLong(1, id);
            return products(query).stream().findFirst();
        }
    }

    ProductPage page(String category, int page) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement(COLUMNS + "WHERE category = ? ORDER BY id OFFSET ? LIMIT ?")) {
            query.setString(1, category);
            query.setInt(2, page * PAGE_SIZE);
            query.setInt(3, PAGE_SIZE);
            return new ProductPage(category, page, products(query));
        }
    }

    /// The names of all products by id.
    Map<Long, String> names() throws SQLException {
        Map<Long, String> names = new LinkedHashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT id, name FROM products ORDER BY id");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                names.put(rows.getLong(1), rows.getString(2));
            }
        }
        return names;
    }

    private static List<Product> products(PreparedStatement query) throws SQLException {
        List<Product> products = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                products.add(new Product(
                        rows.getLong(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getLong(6)));
            }
        }
        return products;
    }
}
