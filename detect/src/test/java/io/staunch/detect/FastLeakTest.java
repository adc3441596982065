package io.staunch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// From the first byte to the limit in hours, in a process that has been well for weeks.
class FastLeakTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int DAY = 1440;
    private static final double LEVEL = 1000;
    private static final double LIMIT = 2000;
    private static final int SEEDS = 10;

    @Test
    void isCalledInTimeHoweverOldTheProcessIs() {
        for (int days : new int[] {1, 5, 12, 20}) {
            int called = 0;
            for (int seed = 0; seed < SEEDS; seed++) {
                called += callsALeak(seed, days, 3 * 60, false) ? 1 : 0;
            }
            assertThat(called).as("of %d, at an age of %d days", SEEDS, days).isGreaterThanOrEqualTo(SEEDS - 1);
        }
    }

    @Test
    void whatGainsNoMoreThanAWarmUpInThatTimeIsNone() {
        for (int seed = 0; seed < SEEDS; seed++) {
            assertThat(callsALeak(seed, 12, 3 * 60, true)).isFalse();
        }
    }

    /// A life of two weeks that was well, then one that leaks from some day on until the limit is reached, or rises
    /// by less than warm-ups do in the same time and stays there for a day.
    private static boolean callsALeak(int seed, int days, int minutesToTheLimit, boolean stops) {
        Random random = new Random(seed);
        Detector detector = Detector.of(DetectorOptions.floor());
        detector.limit(START, LIMIT);
        double state = 0;
        Instant life = START.plus(Duration.ofDays(14));
        int end = days * DAY + minutesToTheLimit + (stops ? DAY : 0);
        for (int minute = -14 * DAY; minute < end; minute++) {
            Instant at = life.plusSeconds(60L * minute);
            if (minute == 0) {
                detector.baseline(at);
            }
            state = 0.96 * state + 3 * random.nextGaussian();
            double part = Math.clamp((minute - days * DAY) / (double) minutesToTheLimit, 0, 1);
            int uptime = minute < 0 ? minute + 14 * DAY : minute;
            double warmUp = -200 * Math.exp(-uptime / 20.0);
            double gain = (stops ? 0.15 : 1) * part * (LIMIT - LEVEL);
            detector.accept(new Sample(at, Math.min(LIMIT, LEVEL + warmUp + gain + state)));
            if (minute >= 0 && detector.isLeaking()) {
                return true;
            }
        }
        return false;
    }
}
