package io.staunch.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/// A daemon that is killed and started anew tells what is new in the thread of the first message, and nothing twice.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class ThreadsOutliveAKillTest {
    private static final String FIRST = "1772366400.000100";

    @TempDir
    private Path directory;

    private IncidentStore incidents;
    private Receiver slack;

    @BeforeEach
    void start() throws Exception {
        incidents = new IncidentStore(directory.resolve("incidents"));
        slack = new Receiver();
        slack.answers(200, "{\"ok\": true, \"ts\": \"" + FIRST + "\"}");
    }

    @AfterEach
    void stop() {
        slack.close();
    }

    @Test
    void onSqlite() throws Exception {
        assertOneThread("jdbc:sqlite:" + directory.resolve("staunch.db"));
    }

    @Test
    void onPostgres() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            assertOneThread(server.getJdbcUrl("postgres", "postgres"));
        }
    }

    private void assertOneThread(String store) throws Exception {
        JsonNode first = toldOf(Cases.open("shop"), store, "SELECT count(*) FROM conversation");
        assertThat(first.has("thread_ts")).isFalse();

        slack.answers(200, "{\"ok\": true, \"ts\": \"1772366460.000200\"}");
        JsonNode update = toldOf(
                Cases.acted("shop"), store, "SELECT count(*) FROM conversation WHERE told LIKE '%roll shop back%'");
        assertThat(update.get("thread_ts").asString()).isEqualTo(FIRST);
        assertThat(update.get("blocks").toString()).contains("roll shop back from release 2 to 1");

        JsonNode end =
                toldOf(Cases.recovered("shop"), store, "SELECT count(*) + 1 FROM conversation HAVING count(*) = 0");
        assertThat(end.get("thread_ts").asString()).isEqualTo(FIRST);
        assertThat(end.get("text").asString()).isEqualTo("The memory leak in shop is over");
        assertThat(slack.isQuiet()).isTrue();
    }

    /// What a daemon tells that finds the incident so. It is killed once the store has it.
    ///
    /// @param kept answers 1 then
    private JsonNode toldOf(Incident incident, String store, String kept) throws Exception {
        incidents.save(incident);
        Process daemon = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        AlertScribe.class.getName(),
                        store,
                        slack.at("/api/chat.postMessage").toString(),
                        directory.resolve("incidents").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            JsonNode told = slack.next().orElseThrow().body();
            while (!is1(store, kept)) {
                assertThat(daemon.isAlive()).isTrue();
                Thread.sleep(50);
            }
            assertThat(slack.isQuiet()).isTrue();
            return told;
        } finally {
            daemon.destroyForcibly().waitFor();
        }
    }

    private static boolean is1(String store, String question) throws SQLException {
        try (Connection connection = DriverManager.getConnection(store);
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(question)) {
            return row.next() && row.getLong(1) == 1;
        }
    }
}
