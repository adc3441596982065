package io.staunch.server.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Leaking;
import io.staunch.detect.Verdict.Rate;
import io.staunch.detect.Verdict.Steady;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Measured;
import io.staunch.diagnose.Observations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Rates and levels are those of the drill `payments` on 2026-11-21.
class UrgencyTest {
    private static final Instant SINCE = Instant.parse("2026-11-21T01:09:00Z");
    private static final double MIB = 1 << 20;
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(30), 0.05, Duration.ofMinutes(10));

    @Test
    void whatFillsItsLimitWithinMinutesIsPressingAtOnce() {
        assertThat(isPressing(growing(24.2), 20)).isTrue();
    }

    @Test
    void aListOfTheLatestReceiptsThatFillsSlowlyIsWatchedForMinutesFirst() {
        assertThat(isPressing(growing(0.78), 60)).isFalse();
        assertThat(isPressing(growing(0.78), 400)).isTrue();
    }

    @Test
    void whatTakesDaysIsNotWatchedForDaysFirst() {
        assertThat(isPressing(growing(0.01), 500)).isFalse();
        assertThat(isPressing(growing(0.01), 600)).isTrue();
    }

    @Test
    void whatDoesNotLeakIsNeverPressing() {
        assertThat(isPressing(new Steady("level"), 3_600)).isFalse();
    }

    /// On 2026-11-28 a service on a busy machine was rolled back for its pool of workers, which had begun to fill.
    @Test
    void aPoolOfWorkersThatFillsIsWatchedUntilMoreCameThanAPoolHas() {
        assertThat(isPressing(Series.THREADS, threads(73), 60, 40, 113)).isFalse();
        assertThat(isPressing(Series.THREADS, threads(73), 190, 40, 271)).isFalse();
        assertThat(isPressing(Series.THREADS, threads(73), 220, 40, 308)).isTrue();
        assertThat(isPressing(Series.THREADS, threads(5), 600, 40, 90)).isTrue();
    }

    private static Leaking threads(double perMinute) {
        double perHour = perMinute * 60;
        return new Leaking(
                new Rate(perHour, 0.9 * perHour, 1.1 * perHour), SINCE, Optional.empty(), 0.999, "threads grow");
    }

    private static boolean isPressing(Verdict verdict, long secondsSeen) {
        return isPressing(Series.LIVE_SET, verdict, secondsSeen, 13.3 * MIB, 13.3 * MIB);
    }

    private static boolean isPressing(
            Series series, Verdict verdict, long secondsSeen, double valueSince, double valueNow) {
        Judgement overall = new Judgement(series, verdict);
        Instant now = SINCE.plusSeconds(secondsSeen);
        Observations seen = new Observations(
                new Measured(
                        SINCE,
                        now,
                        Map.of(series, List.of(new Sample(SINCE, valueSince), new Sample(now, valueNow))),
                        Map.of(Series.LIVE_SET, 96 * MIB),
                        List.of(overall),
                        overall),
                Held.UNKNOWN);
        return Urgency.isPressing(seen, PATIENCE, now);
    }

    private static Leaking growing(double mibPerMinute) {
        double perHour = mibPerMinute * MIB * 60;
        return new Leaking(
                new Rate(perHour, 0.9 * perHour, 1.1 * perHour), SINCE, Optional.empty(), 0.999, "live set grows");
    }
}
