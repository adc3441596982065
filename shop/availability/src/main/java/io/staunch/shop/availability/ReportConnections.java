package io.staunch.shop.availability;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Connections for reports, apart from the shop's pool so that a long report never takes a buyer's connection; those
/// that are open are kept to be closed with the shop. Thread-safe.
final class ReportConnections {
    private final String databaseUrl;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    ReportConnections(String databaseUrl) {
        this.databaseUrl = databaseUrl;
    }

    Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(databaseUrl);
        open.add(connection);
        return connection;
    }

    void close(Connection connection) throws SQLException {
        open.remove(connection);
        connection.close();
    }
}
