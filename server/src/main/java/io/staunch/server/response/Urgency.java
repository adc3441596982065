package io.staunch.server.response;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Unit;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Observations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Whether a leak is worth an incident by now. What would fill its limit within minutes is, at once; what would
/// take hours is watched for minutes first, for a cache or a table that has a bound looks like it until the
/// bound is met.
final class Urgency {
    private static final Set<Series> HANDLES = Set.of(Series.OPEN_FILES, Series.CONNECTIONS_IN_USE);
    private static final Duration SURE_OF_HANDLES = Duration.ofSeconds(20);
    /// Threads that a pool of workers has at most, by habit: 200 in Tomcat and Jetty, 256 in some others.
    private static final int MOST_WORKERS = 256;

    private Urgency() {}

    /// @param patience how long a growth is watched first
    static boolean isPressing(Observations seen, Patience patience, Instant now) {
        return seen.overall().verdict() instanceof Verdict.Leaking leaking
                && (isLongEnough(leaking, patienceFor(seen, leaking, patience), now)
                        || runsOutOfHandles(seen, now)
                        || moreThanWorkers(seen, leaking));
    }

    /// Workers of a pool come one by one under load until it has as many as it may have, which nobody tells: growth of
    /// threads is watched for as long as any, unless more have come than a pool has.
    private static Duration patienceFor(Observations seen, Verdict.Leaking leaking, Patience patience) {
        return seen.overall().series().equals(Series.THREADS)
                ? patience.longest()
                : share(patience, left(seen, leaking));
    }

    private static boolean moreThanWorkers(Observations seen, Verdict.Leaking leaking) {
        List<Sample> history = seen.histories().getOrDefault(Series.THREADS, List.of());
        double before = history.stream()
                .filter(sample -> !sample.at().isBefore(leaking.since()))
                .mapToDouble(Sample::value)
                .min()
                .orElse(Double.MAX_VALUE);
        return seen.overall().series().equals(Series.THREADS)
                && !history.isEmpty()
                && history.getLast().value() - before > MOST_WORKERS;
    }

    private static boolean isLongEnough(Verdict.Leaking leaking, Duration patience, Instant now) {
        return !Duration.between(leaking.since(), now).minus(patience).isNegative();
    }

    /// Files and connections that are never closed: what they lead to gives out long before memory does.
    private static boolean runsOutOfHandles(Observations seen, Instant now) {
        return seen.judgements().stream()
                .filter(judgement -> HANDLES.contains(judgement.series()))
                .anyMatch(judgement -> judgement.verdict() instanceof Verdict.Leaking leaking
                        && isLongEnough(leaking, SURE_OF_HANDLES, now));
    }

    private static Duration share(Patience patience, Duration left) {
        Duration share = Duration.ofMillis((long) (left.toMillis() * patience.share()));
        return share.compareTo(patience.longest()) < 0 ? share : patience.longest();
    }

    /// Until the limit at the present rate; memory without a limit of its own has that of the process. Nothing
    /// for what is counted: files and connections end somewhere long before the limit that is known of them.
    private static Duration left(Observations seen, Verdict.Leaking leaking) {
        Series series = seen.overall().series();
        List<Sample> history = seen.histories().getOrDefault(series, List.of());
        if (series.unit() != Unit.BYTES) {
            return Duration.ZERO;
        }
        Double limit = seen.limits().getOrDefault(series, seen.limits().get(Series.RSS));
        if (limit == null || history.isEmpty() || leaking.rate().perHour() <= 0) {
            return Duration.ZERO;
        }
        double hours =
                Math.max(0, limit - history.getLast().value()) / leaking.rate().perHour();
        return Duration.ofMillis(
                (long) Math.min(hours * 3_600_000, (double) Duration.ofDays(365).toMillis()));
    }
}
