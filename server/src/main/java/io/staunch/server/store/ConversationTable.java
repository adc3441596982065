package io.staunch.server.store;

import io.staunch.server.alert.Conversation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What one host's daemon told receivers of alerts; each call is a part of a transaction.
record ConversationTable(Connection connection, String host) {
    List<Conversation> all() throws SQLException {
        List<Conversation> all = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT receiver, incident, thread, told FROM conversation WHERE host = ?")) {
            select.setString(1, host);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.add(new Conversation(
                            row.getString(1),
                            row.getString(2),
                            Optional.ofNullable(row.getString(3)),
                            row.getString(4)));
                }
            }
        }
        return List.copyOf(all);
    }

    void put(Conversation one, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO conversation (host, receiver, incident, thread, told, kept) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (host, receiver, incident)
                DO UPDATE SET thread = excluded.thread, told = excluded.told, kept = excluded.kept""")) {
            insert.setString(1, host);
            insert.setString(2, one.receiver());
            insert.setString(3, one.incident());
            insert.setString(4, one.thread().orElse(null));
            insert.setString(5, one.told());
            insert.setLong(6, now.toEpochMilli());
            insert.executeUpdate();
        }
    }

    void remove(String receiver, String incident) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM conversation WHERE host = ? AND receiver = ? AND incident = ?")) {
            delete.setString(1, host);
            delete.setString(2, receiver);
            delete.setString(3, incident);
            delete.executeUpdate();
        }
    }
}
