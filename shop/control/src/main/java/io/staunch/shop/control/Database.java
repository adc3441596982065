package io.staunch.shop.control;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The shop's PostgreSQL, and the schema in it. What was applied stands in the table `schema_history`.
final class Database implements Service {
    private static final String SCHEMA_HISTORY = "CREATE TABLE IF NOT EXISTS schema_history (version int PRIMARY KEY,"
            + " description text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())";

    private final Path dir;
    private final Path log;
    private final Path migrations;
    private Optional<EmbeddedPostgres> postgres = Optional.empty();
    private Optional<KnownProcess> process = Optional.empty();

    Database(Path dir, Path log, Path migrations) {
        this.dir = dir;
        this.log = log;
        this.migrations = migrations;
    }

    void start() throws IOException {
        Path data = dir.resolve("data");
        File logFile = log.toFile();
        postgres = Optional.of(EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(dir.resolve("software").toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setServerConfig("max_connections", "600")
                .setServerConfig("shared_buffers", "32MB")
                .setServerConfig("unix_socket_directories", "")
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(logFile))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(logFile))
                .setPGStartupWait(Duration.ofSeconds(30))
                .start());
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        process = ProcessHandle.of(pid).map(KnownProcess::of);
    }

    private EmbeddedPostgres server() throws ShopException {
        return postgres.orElseThrow(() -> new ShopException("expected the database to run, found it stopped"));
    }

    @Override
    public Optional<KnownProcess> process() {
        return process;
    }

    String url() throws ShopException {
        return "jdbc:postgresql://127.0.0.1:" + server().getPort() + "/postgres?user=postgres";
    }

    @Override
    public ServiceState state() throws ShopException {
        return ServiceState.of("database", "postgresql", process, server().getPort(), log);
    }

    /// Applies all updates up to that number that are missing; the ones that were applied.
    List<Migration> migrate(int upTo) throws IOException, SQLException, ShopException {
        List<Migration> known = Migration.readAll(migrations);
        if (upTo < 1 || upTo > known.size()) {
            throw new ShopException("expected a schema update from 1 to " + known.size() + ", found " + upTo);
        }
        List<Migration> applied = new ArrayList<>();
        try (Connection connection = server().getPostgresDatabase().getConnection()) {
            int at = version(connection);
            for (Migration migration : known.subList(Math.min(at, upTo), upTo)) {
                apply(connection, migration);
                applied.add(migration);
            }
        }
        return applied;
    }

    int version() throws SQLException, ShopException {
        try (Connection connection = server().getPostgresDatabase().getConnection()) {
            return version(connection);
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA_HISTORY);
            try (ResultSet row = statement.executeQuery("SELECT coalesce(max(version), 0) FROM schema_history")) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static void apply(Connection connection, Migration migration) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement update = connection.createStatement();
                PreparedStatement note = connection.prepareStatement(
                        "INSERT INTO schema_history (version, description) VALUES (?, ?)")) {
            update.execute(migration.sql());
            note.setInt(1, migration.number());
            note.setString(2, migration.description());
            note.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    @Override
    public void stop() throws IOException {
        if (postgres.isPresent()) {
            postgres.get().close();
        }
    }
}
