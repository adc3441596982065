package io.staunch.server.store;

import io.staunch.collect.Collector;
import io.staunch.collect.JvmInfo;
import io.staunch.collect.Reading;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What tests of the store need again and again.
final class Rig {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private Rig() {}

    static JvmInfo jvm(long pid) {
        return new JvmInfo(
                pid,
                "shop-api.jar",
                "25",
                "HotSpot",
                Collector.G1,
                "shop",
                Optional.of("2.3.1"),
                START,
                List.of(),
                JvmInfo.Way.JMX);
    }

    static Batch.Target target(String id) {
        return new Batch.Target(id, "shop-api", "shop-api.jar", Optional.of("2.3.1"), START);
    }

    static List<Reading> threads(long second, double value) {
        return List.of(
                new Reading(Series.THREADS, new Sample(START.plusSeconds(second), value), OptionalDouble.empty()));
    }

    static long count(StoreAddress address, String table) throws SQLException {
        return number(address, "SELECT count(*) FROM " + table);
    }

    static long number(StoreAddress address, String question) throws SQLException {
        try (Connection connection = DriverManager.getConnection(address.url(), address.properties());
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(question)) {
            row.next();
            return row.getLong(1);
        }
    }
}
