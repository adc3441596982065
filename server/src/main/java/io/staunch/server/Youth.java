package io.staunch.server;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Explanation;
import io.staunch.detect.Verdict.Growing;
import io.staunch.detect.Verdict.Leaking;
import io.staunch.detect.Verdict.Rate;
import io.staunch.detect.Verdict.Steady;
import io.staunch.detect.Verdict.Unknown;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.Judgement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What can be said of a process that began a moment ago, and how soon. Caches fill and classes are loaded, which looks
/// like a leak until it ends: that something rises is said at once, that it leaks no sooner than after a minute of its
/// life, and after half a minute of counting what is alive.
///
/// @param started when the process began; [Instant#EPOCH] if that is not known
record Youth(Instant started) {
    private static final Duration LENGTH = Duration.ofMinutes(2);
    private static final Duration TOO_YOUNG_TO_LEAK = Duration.ofMinutes(1);
    private static final Duration LEAST_COUNTING = Duration.ofSeconds(30);
    private static final int FEWEST_COUNTS = 3;
    /// What fills looks like a leak for a moment, at its end most of all.
    private static final Duration STANDING = Duration.ofSeconds(20);

    boolean isOn(Instant now) {
        return now.isBefore(started.plus(LENGTH));
    }

    /// Whether it is too soon to call a leak what was counted.
    ///
    /// @param counting from the first class histogram to the last
    boolean isTooSoon(Instant now, Duration counting) {
        return now.isBefore(started.plus(TOO_YOUNG_TO_LEAK)) || counting.compareTo(LEAST_COUNTING) < 0;
    }

    /// Whether a leak was seen for so short a time that it may have been a moment's.
    static boolean isBrief(Instant leakingSince, Instant now) {
        return now.isBefore(leakingSince.plus(STANDING));
    }

    /// That the heap in use rises, before anything is known of what stays of it.
    Judgement rising(Judgement suspicion, Instant now) {
        Series series = suspicion.series();
        Verdict verdict = suspicion.verdict() instanceof Leaking leaking
                ? growing(
                        leaking.rate(),
                        series.name() + " rises by "
                                + Figures.rate(series, leaking.rate().perHour()),
                        now)
                : suspicion.verdict();
        return new Judgement(series, verdict);
    }

    /// A judgement as it may be told when it is too soon to call a leak.
    ///
    /// @param counted the live sets that were counted, in the order of time; none if they are all alike
    Judgement tempered(Judgement judgement, List<Sample> counted, Instant now) {
        Series series = judgement.series();
        return switch (judgement.verdict()) {
            case Leaking leaking -> new Judgement(series, growing(leaking.rate(), leaking.why(), now));
            case Unknown unknown ->
                new Judgement(series, series.equals(Series.LIVE_SET) ? counted(counted, unknown, now) : unknown);
            case Growing _, Steady _ -> judgement;
        };
    }

    /// A few counts tell a rise, and of its rate little.
    private Verdict counted(List<Sample> counted, Unknown unknown, Instant now) {
        if (counted.size() < FEWEST_COUNTS) {
            return unknown;
        }
        double rise = counted.getLast().value() - counted.getFirst().value();
        Duration time =
                Duration.between(counted.getFirst().at(), counted.getLast().at());
        if (rise <= 0 || time.isZero()) {
            return unknown;
        }
        double perHour = rise / time.toNanos() * Duration.ofHours(1).toNanos();
        return growing(
                new Rate(perHour, 0, 2 * perHour),
                "the live set grew by " + Figures.bytes(rise) + " in " + Figures.duration(time),
                now);
    }

    private Growing growing(Rate rate, String what, Instant now) {
        return new Growing(
                rate,
                Explanation.WARMING_UP,
                what + "; the process began "
                        + Figures.duration(Duration.between(started, now))
                        + " ago, too lately to tell a leak from a service that gets going");
    }
}
