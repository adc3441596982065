package io.staunch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A leak that a restart every night takes away, smaller than the cache that every life fills.
class HiddenLeakTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MINUTES = 1440;
    private static final int WELL = 8;

    @Test
    void whatEveryLifeGainsMoreThanThoseThatWereWellIsCalled() {
        int called = 0;
        for (int seed = 0; seed < 10; seed++) {
            called += callsALeak(seed, 100) ? 1 : 0;
        }
        assertThat(called).isGreaterThanOrEqualTo(9);
    }

    @Test
    void livesThatGainWhatTheyAlwaysDidAreWell() {
        for (int seed = 0; seed < 30; seed++) {
            assertThat(callsALeak(seed, 0)).isFalse();
        }
    }

    /// Lives of a day that fill a cache, and after eight of them leak or don't.
    private static boolean callsALeak(int seed, double leakPerDay) {
        Random random = new Random(seed);
        Detector detector = Detector.of(DetectorOptions.floor());
        detector.limit(START, 2600);
        double state = 0;
        for (int day = 0; day < 24; day++) {
            Instant dawn = START.plus(Duration.ofDays(day));
            detector.event(dawn, Event.RESTART);
            if (day == WELL) {
                detector.baseline(dawn);
            }
            for (int minute = 0; minute < MINUTES; minute += 2) {
                state = 0.96 * state + 3 * random.nextGaussian();
                double full = 1200 - 300 * Math.exp(-minute / 20.0) + 200 * Math.min(1, minute / 900.0);
                double leak = day >= WELL ? leakPerDay * minute / MINUTES : 0;
                detector.accept(new Sample(dawn.plusSeconds(60L * minute), full + leak + state));
                if (day >= WELL && detector.isLeaking()) {
                    return true;
                }
            }
        }
        return false;
    }
}
