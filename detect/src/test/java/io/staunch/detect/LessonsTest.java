package io.staunch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a detector learns of a series, and what it must not learn. The oracle is how the series was drawn.
class LessonsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double LIMIT = 2600;

    @Test
    void aSeriesThatHardlyEverChangesItsValueIsJudgedAllTheSame() {
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            Detector detector = Detector.of(DetectorOptions.floor());
            detector.limit(START, LIMIT);
            for (int minute = 0; minute < 20 * 1440; minute++) {
                Instant at = START.plusSeconds(60L * minute);
                detector.load(new Sample(at, 100 + 40 * Math.sin(minute / 229.0) + random.nextGaussian()));
                double value = 1024 + (minute % 9000 > 6000 ? 64 : 0) + (random.nextInt(3000) == 0 ? 64 : 0);
                detector.accept(new Sample(at, value));
                if (minute % 1440 == 1439) {
                    assertThat(detector.verdict()).isNotInstanceOf(Verdict.Leaking.class);
                }
            }
        }
    }

    @Test
    void aLeakThatEveryNightsRestartHidesIsCalledThoughItsFirstLivesWereNot() {
        int called = 0;
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            Detector detector = Detector.of(DetectorOptions.floor());
            detector.limit(START, LIMIT);
            boolean leaking = false;
            for (int day = 0; day < 20; day++) {
                Instant dawn = START.plus(Duration.ofDays(day));
                detector.event(dawn, Event.RESTART);
                if (day == 8) {
                    detector.baseline(dawn);
                }
                for (int minute = 0; minute < 1440; minute += 2) {
                    double warm = 1200 - 300 * Math.exp(-minute / 20.0);
                    double leak = day >= 8 ? 350 * minute / 1440.0 : 0;
                    detector.accept(
                            new Sample(dawn.plusSeconds(60L * minute), warm + leak + 8 * random.nextGaussian()));
                    leaking |= day >= 8 && detector.isLeaking();
                    assertThat(day < 8 && detector.isLeaking()).isFalse();
                }
            }
            called += leaking ? 1 : 0;
        }
        assertThat(called).isGreaterThanOrEqualTo(9);
    }

    @Test
    void aLongLifeSaysMoreOfWhereAServiceStandsThanTheDayBefore() {
        Memory memory = new Memory();
        double day = Duration.ofDays(1).toSeconds();
        live(memory, day, 1400);
        assertThat(memory.earlierTop()).isBetween(1395.0, 1405.0);
        live(memory, 9 * day, 1000);
        assertThat(memory.earlierTop()).isBetween(1000.0, 1050.0);
        live(memory, day, 900);
        assertThat(memory.earlierTop()).isBetween(980.0, 1050.0);
    }

    /// A life at one level, and the restart that ends it.
    private static void live(Memory memory, double seconds, double level) {
        for (double uptime = 0; uptime <= seconds; uptime += 600) {
            memory.live(uptime, level, 1);
        }
        memory.restart(seconds, 10, false, false, false);
    }
}
