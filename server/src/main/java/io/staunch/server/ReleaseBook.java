package io.staunch.server;

import io.staunch.diagnose.Change;
import io.staunch.diagnose.SuspectBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The releases that the daemon was told of, of all services. Bounded: the oldest are let go. Safe for several threads.
public final class ReleaseBook {
    private static final int MOST = 5_000;
    /// What was put in place so long before the watching began explains no growth that is seen now.
    private static final Duration RECENT = Duration.ofDays(14);

    private static final Comparator<Deployed> BY_TIME = Comparator.comparing(Deployed::since)
            .thenComparing(Deployed::service)
            .thenComparing(Deployed::version);

    private final TreeSet<Deployed> releases = new TreeSet<>(BY_TIME);

    /// Told twice is told once.
    public synchronized void add(Collection<Deployed> told) {
        releases.addAll(told);
        while (releases.size() > MOST) {
            releases.pollFirst();
        }
    }

    /// In the order of their times. A release that was in place already when somebody told of it again is there once.
    public synchronized List<Deployed> all() {
        Map<String, String> inPlace = new HashMap<>();
        return releases.stream()
                .filter(release -> !release.version().equals(inPlace.put(release.service(), release.version())))
                .toList();
    }

    /// The outcome with its board judged again, by what was put in place around it.
    Outcome amid(String service, Outcome outcome) {
        Instant earliest = outcome.from().minus(RECENT);
        List<Change> changes = changes(service).stream()
                .filter(change -> !change.at().isBefore(earliest))
                .toList();
        if (changes.isEmpty()) {
            return outcome;
        }
        return outcome.judged(SuspectBoard.judge(outcome.observations().with(changes, Map.of())));
    }

    /// As the board of suspects of one service weighs them: the first release of a service changed nothing.
    private List<Change> changes(String service) {
        List<Change> changes = new ArrayList<>();
        Map<String, String> before = new HashMap<>();
        for (Deployed release : all()) {
            String earlier = before.put(release.service(), release.version());
            if (release.service().equals(service)) {
                if (earlier != null && !earlier.equals(release.version())) {
                    changes.add(new Change.ReleaseChange(release.since(), service, earlier, release.version()));
                }
            } else {
                changes.add(new Change.ReleaseElsewhere(release.since(), release.service(), release.version()));
            }
        }
        return changes;
    }
}
