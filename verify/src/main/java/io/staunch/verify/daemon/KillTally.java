package io.staunch.verify.daemon;

import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.StateDirectory;
import io.staunch.remedy.AuditLine;
import io.staunch.remedy.AuditLog;
import io.staunch.server.store.StoreAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the kills did on one store, counted after each. Not thread-safe.
final class KillTally {
    static final String HEADER = """
            | store | kills | readings kept | series with a hole | oldest lost reading | incidents said | lost or damaged \
            | audit lines said | lost or damaged | oldest lost release | damage of the database |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|""";

    /// A reading or a release may be lost if it came in so shortly before the kill: the usual time between two scrapes.
    private static final double A_SCRAPE_SECONDS = 5;

    private final String name;
    private final StoreAddress address;
    private final StateDirectory state;
    private int kills;
    private long kept;
    private long holes;
    private double oldestLostReading;
    private double oldestLostRelease;
    private long incidentsSaid;
    private long incidentsLost;
    private long auditSaid;
    private long auditLost;
    private final List<String> damages = new ArrayList<>();
    private final Map<String, Long> incidentRounds = new HashMap<>();

    KillTally(String name, StoreAddress address, Path state) {
        this.name = name;
        this.address = address;
        this.state = new StateDirectory(state);
    }

    void count(Said said) throws SQLException {
        kills++;
        try (Connection connection = DriverManager.getConnection(address.url());
                Statement ask = connection.createStatement()) {
            integrity(ask);
            readings(ask, said);
            releases(ask, said);
        }
        incidents(said);
        audit(said);
    }

    private void integrity(Statement ask) throws SQLException {
        if (!address.url().startsWith("jdbc:sqlite:")) {
            ask.execute("CREATE EXTENSION IF NOT EXISTS amcheck");
            ask.executeQuery("SELECT bt_index_check(c.oid, i.indisunique) FROM pg_index i JOIN pg_class c ON"
                            + " c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
                            + " WHERE n.nspname = 'public' AND c.relkind = 'i'")
                    .close();
            return;
        }
        for (String check : List.of("PRAGMA integrity_check", "PRAGMA foreign_key_check")) {
            try (ResultSet row = ask.executeQuery(check)) {
                while (row.next()) {
                    if (!row.getString(1).equals("ok")) {
                        damages.add(row.getString(1));
                    }
                }
            }
        }
    }

    /// Numbers are written one after the other: a series without a hole has as many as its highest says.
    private void readings(Statement ask, Said said) throws SQLException {
        Map<Integer, Long> latest = new HashMap<>();
        kept = 0;
        holes = 0;
        long series = 0;
        try (ResultSet row = ask.executeQuery("SELECT target, count(*), max(value) FROM sample JOIN series ON"
                + " series.id = sample.series GROUP BY target, series.id")) {
            while (row.next()) {
                series++;
                kept += row.getLong(2);
                holes += row.getLong(2) == row.getLong(3) + 1 ? 0 : 1;
                String process = row.getString(1).replaceFirst(".*/(\\d+)-.*", "$1");
                latest.merge(Integer.parseInt(process) - 1_000, row.getLong(3), Math::min);
            }
        }
        if (series != (long) KillScribe.TARGETS * KillScribe.SERIES.size()) {
            damages.add("expected all series, found " + series);
        }
        for (Said.Line line : said.lines('R')) {
            if (line.number() > latest.getOrDefault(line.of(), -1L)) {
                oldestLostReading = Math.max(oldestLostReading, said.secondsBeforeTheKill(line));
            }
        }
    }

    private void releases(Statement ask, Said said) throws SQLException {
        Set<String> versions = new HashSet<>();
        try (ResultSet row = ask.executeQuery("SELECT version FROM deployed")) {
            while (row.next()) {
                versions.add(row.getString(1));
            }
        }
        for (Said.Line line : said.lines('D')) {
            if (!versions.contains("1." + line.number())) {
                oldestLostRelease = Math.max(oldestLostRelease, said.secondsBeforeTheKill(line));
            }
        }
    }

    private void incidents(Said said) {
        for (Said.Line line : said.lines('I')) {
            incidentsSaid++;
            incidentRounds.put("kills-" + line.number() % 50, line.number());
        }
        IncidentStore store = new IncidentStore(state.incidents());
        incidentRounds.forEach((id, round) -> {
            try {
                Optional<Incident> incident = store.find(id);
                long found = incident.map(KillTally::round).orElse(-1L);
                incidentsLost += found >= round ? 0 : 1;
            } catch (IOException e) {
                incidentsLost++;
                damages.add(String.valueOf(e.getMessage()));
            }
        });
    }

    private static long round(Incident incident) {
        return Long.parseLong(incident.timeline().getLast().sentence().replaceAll("\\D", ""));
    }

    private void audit(Said said) {
        try (AuditLog log = AuditLog.open(state.auditLog(), InstantSource.system())) {
            Set<String> kept = new HashSet<>();
            for (AuditLine line : log.lines()) {
                kept.add(line.detail());
            }
            for (Said.Line line : said.lines('A')) {
                auditSaid++;
                auditLost += kept.contains("round " + line.number()) ? 0 : 1;
            }
        } catch (IOException e) {
            auditLost++;
            damages.add(String.valueOf(e.getMessage()));
        }
    }

    boolean isGood() {
        return holes == 0
                && incidentsLost == 0
                && auditLost == 0
                && damages.isEmpty()
                && oldestLostReading < A_SCRAPE_SECONDS
                && oldestLostRelease < A_SCRAPE_SECONDS;
    }

    String problems() {
        return isGood() ? "good" : toString() + " " + damages;
    }

    /// As a row of a table.
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %,d | %d | %.1f s | %,d | %d | %,d | %d | %.1f s | %s |",
                name,
                kills,
                kept,
                holes,
                oldestLostReading,
                incidentsSaid,
                incidentsLost,
                auditSaid,
                auditLost,
                oldestLostRelease,
                damages.isEmpty() ? "none" : Integer.toString(damages.size()));
    }
}
