package io.staunch.shop.api;

import io.staunch.shop.auth.Passwords;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/// The customers' accounts. Thread-safe.
final class Customers {
    private final DataSource database;

    Customers(DataSource database) {
        this.database = database;
    }

    /// True when there is such a customer with that password.
    boolean verify(String email, String password) throws SQLException, GeneralSecurityException {
        String stored = null;
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("SELECT password FROM customers WHERE email = ?")) {
            query.setString(1, email);
            try (ResultSet rows = query.executeQuery()) {
                if (rows.next()) {
                    stored = rows.getString(1);
                }
            }
        }
        return stored != null && Passwords.matches(password, stored);
    }
}
