package io.staunch.verify.daemon;

import io.staunch.collect.Collector;
import io.staunch.collect.JvmInfo;
import io.staunch.collect.Reading;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.incident.Entry;
import io.staunch.incident.Growth;
import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.StateDirectory;
import io.staunch.remedy.AuditLog;
import io.staunch.server.Archive.Remembered;
import io.staunch.server.Deployed;
import io.staunch.server.ReleaseBook;
import io.staunch.server.store.Keeper;
import io.staunch.server.store.Retention;
import io.staunch.server.store.StoreAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The process that is killed: keeps readings, releases, incidents and audit lines through the daemon's own parts as
/// fast as it may, and says each number on standard output as soon as it was handed over (`R` for readings, `D` for
/// releases) or is on the disk (`I`, `A`). Goes on where its forerunner ended.
final class KillScribe {
    static final int TARGETS = 20;
    static final List<Series> SERIES = List.of(
            Series.LIVE_SET, Series.HEAP_USED, Series.THREADS, Series.CLASSES, Series.METASPACE, Series.OPEN_FILES);

    private final Instant begin;
    private final Keeper keeper;
    private final ReleaseBook releases;
    private final IncidentStore incidents;
    private final AuditLog audit;

    private KillScribe(Instant begin, Keeper keeper, ReleaseBook releases, IncidentStore incidents, AuditLog audit) {
        this.begin = begin;
        this.keeper = keeper;
        this.releases = releases;
        this.incidents = incidents;
        this.audit = audit;
    }

    /// Keeps, says, and is killed.
    ///
    /// @param args the store's address, the state directory, the time of number 0
    public static void main(String[] args) throws IOException, InterruptedException {
        ReleaseBook releases = new ReleaseBook();
        StateDirectory state = new StateDirectory(Path.of(args[1]));
        StoreAddress address = new StoreAddress(args[0], Optional.empty(), Optional.empty());
        try (Keeper keeper = Keeper.start(address, "host", Retention.USUAL, releases);
                AuditLog audit = AuditLog.open(state.auditLog(), InstantSource.system())) {
            new KillScribe(Instant.parse(args[2]), keeper, releases, new IncidentStore(state.incidents()), audit)
                    .write();
        }
    }

    private void write() throws IOException, InterruptedException {
        long[] next = new long[TARGETS];
        for (int i = 0; i < TARGETS; i++) {
            next[i] = keeper.remembered(target(i)).map(KillScribe::following).orElse(0L);
        }
        for (long round = audit.lines().size(); ; round++) {
            for (int i = 0; i < TARGETS; i++) {
                keeper.read(target(i), "service", readings(next[i]));
                keeper.learned(target(i), new byte[] {1});
                System.out.println("R " + i + " " + next[i]);
                next[i]++;
            }
            releases.add(List.of(new Deployed("service", "1." + round, begin.plusSeconds(round), "kills")));
            System.out.println("D " + round);
            incidents.save(incident("kills-" + round % 50, round));
            System.out.println("I " + round);
            audit.append("kills", "service", "dump", "round " + round);
            System.out.println("A " + round);
            Thread.sleep(Duration.ofMillis(10));
        }
    }

    private static long following(Remembered remembered) {
        List<Sample> samples = remembered.samples().getOrDefault(SERIES.getLast(), List.of());
        return samples.isEmpty() ? 0 : (long) samples.getLast().value() + 1;
    }

    private List<Reading> readings(long number) {
        Instant at = begin.plusMillis(50 * number);
        List<Reading> readings = new ArrayList<>();
        for (Series series : SERIES) {
            readings.add(new Reading(series, new Sample(at, (double) number), OptionalDouble.empty()));
        }
        return readings;
    }

    private JvmInfo target(int i) {
        return new JvmInfo(
                1_000 + i,
                "service-" + i,
                "25",
                "HotSpot",
                Collector.G1,
                "shop",
                Optional.of("1.0"),
                begin,
                List.of(),
                JvmInfo.Way.JMX);
    }

    /// Its only entry says the round.
    private Incident incident(String id, long round) {
        Growth growth = new Growth(
                Series.LIVE_SET, new Verdict.Rate(1e9, 9e8, 1.1e9), begin, Optional.empty(), 0.99, "it grows");
        Entry entry = new Entry(begin, Entry.Kind.SIGNAL, "Round " + round + ".", List.of());
        return new Incident(
                id,
                "service",
                "jvm 1000",
                Incident.Status.OPEN,
                begin,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                growth,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(entry),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
