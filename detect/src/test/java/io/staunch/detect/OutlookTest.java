package io.staunch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Verdict.Exhaustion;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class OutlookTest {
    private static final double DAY = 86_400;
    private static final double CLEAR = 0.01;
    private static final double UNCLEAR = 0.2;

    @Test
    void theEndsOfTheIntervalAreInOrderHoweverFarItReaches() {
        for (double seen = 0.01 * DAY; seen < 100 * DAY; seen *= 1.7) {
            for (double left = 60; left < 1000 * DAY; left *= 1.7) {
                for (double unclear : new double[] {0, CLEAR, 0.07, UNCLEAR, 1e300}) {
                    Ends ends = ends(left, seen, unclear);
                    assertThat(ends.earliest).isPositive().isLessThanOrEqualTo(ends.expected);
                    assertThat(ends.latest).isGreaterThanOrEqualTo(ends.expected);
                }
            }
        }
    }

    @Test
    void aGrowthThatHardlyStandsOutFromItsSwingsMayEndFarSooner() {
        Ends clear = ends(3 * DAY, 2 * DAY, CLEAR);
        Ends unclear = ends(3 * DAY, 2 * DAY, UNCLEAR);
        assertThat(unclear.earliest).isLessThan(0.5 * clear.earliest);
        assertThat(unclear.latest).isEqualTo(clear.latest);
    }

    @Test
    void theFartherAPredictionReachesTheLessItIsExceeded() {
        double before = Double.MAX_VALUE;
        for (double reach = 0.1; reach < 20; reach *= 1.5) {
            double exceeded = ends(reach * 2 * DAY, 2 * DAY, CLEAR).latest / (reach * 2 * DAY);
            assertThat(exceeded).isLessThanOrEqualTo(before * (1 + 1e-6));
            before = exceeded;
        }
    }

    @Test
    void withoutALimitNothingIsTold() {
        assertThat(Outlook.of(DetectorOptions.floor(), Double.NaN, DAY, CLEAR, OutlookTest::at))
                .isEmpty();
    }

    /// Seconds from now.
    private record Ends(double earliest, double expected, double latest) {}

    private static Ends ends(double left, double seen, double unclear) {
        Exhaustion told = Outlook.of(DetectorOptions.floor(), left, seen, unclear, OutlookTest::at)
                .orElseThrow();
        return new Ends(
                seconds(told.earliest()),
                seconds(told.expected()),
                seconds(told.latest().orElseThrow()));
    }

    private static Instant at(double seconds) {
        return Instant.EPOCH.plusNanos((long) (seconds * 1e9));
    }

    private static double seconds(Instant at) {
        return at.getEpochSecond() + at.getNano() * 1e-9;
    }
}
