package io.staunch.server.store;

import io.staunch.collect.Reading;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Unit;
import io.staunch.server.Archive.Remembered;
import io.staunch.server.Deployed;
import io.staunch.server.alert.Conversation;
import io.staunch.server.store.Batch.Fact;
import io.staunch.server.store.Batch.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;

/// The tables. One connection, opened when it is needed and dropped after any error, so that the next call starts
/// anew. Every call is one transaction. Safe for several threads, one after the other.
final class Store implements AutoCloseable {
    static final long COARSE_MILLIS = 300_000;
    private static final int MOST_REMEMBERED = 1_000;

    private final StoreAddress address;
    private Optional<Connection> open = Optional.empty();
    private boolean migrated;
    /// Numbers of series, by target and name; forgotten with the connection.
    private final Map<SeriesKey, Long> seriesIds = new HashMap<>();

    private record SeriesKey(String target, String name) {}

    Store(StoreAddress address) {
        this.address = address;
    }

    StoreAddress address() {
        return address;
    }

    /// What is done within one transaction.
    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private synchronized <T> T inTransaction(Work<T> work) throws StoreFailed {
        try {
            Connection connection = connection();
            T result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException | IOException | RuntimeException | AssertionError e) {
            // A driver that loses its server may fail by any of them; the thread that writes must go on.
            close();
            throw new StoreFailed(address + ": expected a store that answers, found " + firstLine(e), e);
        }
    }

    private static String firstLine(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage())
                .lines()
                .findFirst()
                .orElse(cause.getClass().getSimpleName());
    }

    private Connection connection() throws SQLException, IOException {
        if (open.isPresent()) {
            return open.get();
        }
        address.prepare();
        if (!migrated) {
            migrate();
            migrated = true;
        }
        Connection connection = DriverManager.getConnection(address.url(), address.properties());
        open = Optional.of(connection);
        connection.setAutoCommit(false);
        return connection;
    }

    private void migrate() {
        Flyway.configure(Store.class.getClassLoader())
                .dataSource(new OneAddress(address))
                .locations("classpath:io/staunch/server/store")
                .placeholders(address.dialect())
                .loggers("slf4j")
                .load()
                .migrate();
    }

    /// Waits for a call that runs.
    @Override
    public synchronized void close() {
        seriesIds.clear();
        open.ifPresent(connection -> {
            try {
                connection.close();
            } catch (SQLException e) {
                // It is of no use any more, closed or not; what was not committed is rolled back by the server.
            }
        });
        open = Optional.empty();
    }

    /// Writes all of it or nothing. What is there already is left as it is.
    void write(Batch batch, Instant now) throws StoreFailed {
        inTransaction(connection -> {
            writeTargets(connection, batch, now);
            writeReadings(connection, batch);
            writeFacts(connection, batch);
            writeMemories(connection, batch, now);
            writeReleases(connection, batch);
            return batch;
        });
    }

    private static void writeTargets(Connection connection, Batch batch, Instant now) throws SQLException {
        Set<Target> targets = new LinkedHashSet<>(batch.memories().keySet());
        batch.readings().forEach(readings -> targets.add(readings.target()));
        batch.facts().forEach(fact -> targets.add(fact.target()));
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO target (id, service, name, release_version, started, seen) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET service = excluded.service, seen = excluded.seen""")) {
            for (Target target : targets) {
                insert.setString(1, target.id());
                insert.setString(2, target.service());
                insert.setString(3, target.name());
                insert.setString(4, target.release().orElse(null));
                insert.setLong(5, target.started().toEpochMilli());
                insert.setLong(6, now.toEpochMilli());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void writeReadings(Connection connection, Batch batch) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO sample (series, taken, value) VALUES (?, ?, ?) ON CONFLICT (series, taken) DO NOTHING")) {
            for (Batch.Readings one : batch.readings()) {
                for (Reading reading : one.readings()) {
                    insert.setLong(1, seriesId(connection, one.target(), reading.series()));
                    insert.setLong(2, reading.sample().at().toEpochMilli());
                    insert.setDouble(3, reading.sample().value());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    private long seriesId(Connection connection, Target target, Series series) throws SQLException {
        SeriesKey key = new SeriesKey(target.id(), series.name());
        Long known = seriesIds.get(key);
        if (known != null) {
            return known;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO series (target, name, unit) VALUES (?, ?, ?)
                ON CONFLICT (target, name) DO UPDATE SET unit = excluded.unit RETURNING id""")) {
            insert.setString(1, target.id());
            insert.setString(2, series.name());
            insert.setString(3, series.unit().name());
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                long id = row.getLong(1);
                seriesIds.put(key, id);
                return id;
            }
        }
    }

    private static void writeFacts(Connection connection, Batch batch) throws SQLException {
        try (PreparedStatement verdict = connection.prepareStatement(
                        "INSERT INTO verdict (target, given, kind, series, why) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING");
                PreparedStatement evidence = connection.prepareStatement(
                        "INSERT INTO evidence (target, seen, source, statement) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING")) {
            for (Fact fact : batch.facts()) {
                switch (fact) {
                    case Fact.Given(var target, var at, var kind, var series, var why) ->
                        insert(verdict, target, at, kind, series, why);
                    case Fact.Observed(var target, var at, var source, var statement) ->
                        insert(evidence, target, at, source, statement);
                }
            }
            verdict.executeBatch();
            evidence.executeBatch();
        }
    }

    private static void insert(PreparedStatement into, Target target, Instant at, String... texts) throws SQLException {
        into.setString(1, target.id());
        into.setLong(2, at.toEpochMilli());
        for (int i = 0; i < texts.length; i++) {
            into.setString(3 + i, texts[i]);
        }
        into.addBatch();
    }

    private static void writeMemories(Connection connection, Batch batch, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO memory (target, saved, book) VALUES (?, ?, ?)
                ON CONFLICT (target) DO UPDATE SET saved = excluded.saved, book = excluded.book""")) {
            for (Map.Entry<Target, byte[]> memory : batch.memories().entrySet()) {
                insert.setString(1, memory.getKey().id());
                insert.setLong(2, now.toEpochMilli());
                insert.setBytes(3, memory.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void writeReleases(Connection connection, Batch batch) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO deployed (service, version, since,"
                + " source) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            for (Deployed release : batch.releases()) {
                insert.setString(1, release.service());
                insert.setString(2, release.version());
                insert.setLong(3, release.since().toEpochMilli());
                insert.setString(4, release.source());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /// The releases that any daemon which shares the store was told of.
    List<Deployed> releases() throws StoreFailed {
        return inTransaction(connection -> {
            List<Deployed> releases = new ArrayList<>();
            try (PreparedStatement select =
                            connection.prepareStatement("SELECT service, version, since, source FROM deployed");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    releases.add(new Deployed(
                            row.getString(1),
                            row.getString(2),
                            Instant.ofEpochMilli(row.getLong(3)),
                            row.getString(4)));
                }
            }
            return List.copyOf(releases);
        });
    }

    /// What that host's daemon told receivers of alerts.
    List<Conversation> conversations(String host) throws StoreFailed {
        return inTransaction(connection -> new ConversationTable(connection, host).all());
    }

    void keep(String host, Conversation conversation, Instant now) throws StoreFailed {
        inTransaction(connection -> {
            new ConversationTable(connection, host).put(conversation, now);
            return conversation;
        });
    }

    void forget(String host, String receiver, String incident) throws StoreFailed {
        inTransaction(connection -> {
            new ConversationTable(connection, host).remove(receiver, incident);
            return host;
        });
    }

    /// What the detectors of a target knew, and its latest thousand samples of each series.
    Optional<Remembered> remembered(String target) throws StoreFailed {
        return inTransaction(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT book FROM memory WHERE target = ?")) {
                select.setString(1, target);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Remembered(row.getBytes(1), samples(connection, target)))
                            : Optional.empty();
                }
            }
        });
    }

    private static Map<Series, List<Sample>> samples(Connection connection, String target) throws SQLException {
        Map<Series, List<Sample>> samples = new LinkedHashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, name, unit FROM series WHERE target = ? ORDER BY id")) {
            select.setString(1, target);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Series series = new Series(row.getString(2), Unit.valueOf(row.getString(3)));
                    samples.put(series, latest(connection, row.getLong(1)));
                }
            }
        }
        return samples;
    }

    private static List<Sample> latest(Connection connection, long series) throws SQLException {
        List<Sample> latest = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT taken, value FROM sample WHERE series = ? ORDER BY taken DESC LIMIT " + MOST_REMEMBERED)) {
            select.setLong(1, series);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    latest.add(new Sample(Instant.ofEpochMilli(row.getLong(1)), row.getDouble(2)));
                }
            }
        }
        return List.copyOf(latest.reversed());
    }

    /// Makes five minutes of old samples into one row, and deletes what is older than it is kept.
    void tidy(Instant now, Retention retention) throws StoreFailed {
        long full = now.minus(retention.full()).toEpochMilli() / COARSE_MILLIS * COARSE_MILLIS;
        long coarse = now.minus(retention.coarse()).toEpochMilli();
        inTransaction(connection -> {
            run(connection, """
                    INSERT INTO sample_coarse (series, taken, low, mean, high, number)
                    SELECT series, taken - taken %% %1$d, min(value), avg(value), max(value), count(*)
                    FROM sample WHERE taken < %2$d GROUP BY series, taken - taken %% %1$d
                    ON CONFLICT (series, taken) DO NOTHING""".formatted(COARSE_MILLIS, full));
            run(connection, "DELETE FROM sample WHERE taken < " + full);
            run(connection, "DELETE FROM sample_coarse WHERE taken < " + coarse);
            run(connection, "DELETE FROM verdict WHERE given < " + coarse);
            run(connection, "DELETE FROM evidence WHERE seen < " + coarse);
            run(connection, "DELETE FROM deployed WHERE since < " + coarse);
            run(connection, "DELETE FROM conversation WHERE kept < " + coarse);
            run(connection, "DELETE FROM target WHERE seen < " + coarse);
            seriesIds.clear();
            return retention;
        });
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (Statement run = connection.createStatement()) {
            run.executeUpdate(statement);
        }
    }
}
