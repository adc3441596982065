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

    private static boolean isPressing(Verdict verdict, long secondsSeen) {
        Judgement overall = new Judgement(Series.LIVE_SET, verdict);
        Instant now = SINCE.plusSeconds(secondsSeen);
        Observations seen = new Observations(
                new Measured(
                        SINCE,
                        now,
                        Map.of(Series.LIVE_SET, List.of(new Sample(now, 13.3 * MIB))),
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
