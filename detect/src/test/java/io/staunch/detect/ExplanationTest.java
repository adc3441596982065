package io.staunch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Verdict.Explanation;
import io.staunch.detect.Verdict.Growing;
import java.time.Instant;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// Growth that is no leak, and why. Series are drawn at one sample in two minutes; days count from the start.
class ExplanationTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double LIMIT = 8000;
    private static final int MINUTES_OF_A_DAY = 1440;

    private final Random random = new Random(11);

    @Test
    void memoryThatRisesWithTheTrafficFollowsTheLoad() {
        Detector detector = Detector.of(DetectorOptions.floor());
        DoubleUnaryOperator load = day -> 100 * (1 + 0.12 * day) * (1 + 0.4 * Math.sin(2 * Math.PI * day));
        feed(detector, 0, 7, day -> 600 + 4 * load.applyAsDouble(day), load);
        assertThat(detector.verdict())
                .isInstanceOfSatisfying(
                        Growing.class,
                        growing -> assertThat(growing.explanation()).isEqualTo(Explanation.FOLLOWS_LOAD));
        assertThat(detector.verdict().why()).contains("because the load rose");
    }

    @Test
    void aLeakUnderRisingTrafficIsNotExplainedByIt() {
        Detector detector = Detector.of(DetectorOptions.floor());
        DoubleUnaryOperator load = day -> 100 * (1 + 0.12 * day) * (1 + 0.4 * Math.sin(2 * Math.PI * day));
        feed(detector, 0, 7, day -> 600 + 4 * load.applyAsDouble(day) + 500 * day, load);
        assertThat(detector.verdict()).isInstanceOf(Verdict.Leaking.class);
    }

    @Test
    void theRiseOfADailyCycleIsNoGrowthOfAWeek() {
        Detector detector = Detector.of(DetectorOptions.floor());
        DoubleUnaryOperator load = day -> 100 * (1 + 0.4 * Math.sin(2 * Math.PI * day));
        feed(detector, 0, 7.2, day -> 600 + 4 * load.applyAsDouble(day), load);
        assertThat(detector.verdict()).isInstanceOf(Verdict.Steady.class);
    }

    @Test
    void whatGoesOnFromWhereEarlierLivesEndedIsDataThatGrows() {
        Detector detector = Detector.of(DetectorOptions.floor());
        DoubleUnaryOperator data = day -> 1000 + 60 * day;
        feed(detector, 0, 6, data, _ -> 100);
        detector.baseline(at(6));
        feed(detector, 6, 12, data, _ -> 100);
        assertThat(detector.verdict())
                .isInstanceOfSatisfying(
                        Growing.class,
                        growing -> assertThat(growing.explanation()).isEqualTo(Explanation.DATA_GROWTH));
    }

    @Test
    void whatEarlierLivesDidFromTheSameLevelIsBounded() {
        Detector detector = Detector.of(DetectorOptions.floor());
        DoubleUnaryOperator cache = age -> 1000 + 500 * Math.min(1, age / 3);
        feed(detector, 0, 6, cache, _ -> 100);
        detector.baseline(at(6));
        feed(detector, 6, 8, day -> cache.applyAsDouble(day - 6), _ -> 100);
        assertThat(detector.verdict())
                .isInstanceOfSatisfying(
                        Growing.class,
                        growing -> assertThat(growing.explanation()).isEqualTo(Explanation.BOUNDED));
    }

    @Test
    void whatAMigrationAddedIsNoGrowth() {
        Detector told = Detector.of(DetectorOptions.floor());
        DoubleUnaryOperator migrated = day -> day < 4 ? 1000 : 2500;
        feed(told, 0, 4, migrated, _ -> 100);
        told.event(at(4), Event.MIGRATION);
        feed(told, 4, 6, migrated, _ -> 100);
        assertThat(told.isLeaking()).isFalse();
        assertThat(told.verdict()).isInstanceOf(Verdict.Steady.class);
    }

    @Test
    void aLeakThatBeginsWithAMigrationIsFound() {
        Detector detector = Detector.of(DetectorOptions.floor());
        feed(detector, 0, 4, _ -> 1000, _ -> 100);
        detector.event(at(4), Event.MIGRATION);
        feed(detector, 4, 8, day -> 2500 + 900 * (day - 4), _ -> 100);
        assertThat(detector.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Leaking.class,
                        leaking -> assertThat(leaking.since()).isAfterOrEqualTo(at(4)));
    }

    @Test
    void whatIsClearlyMoreThanTheSmallestVisibleRateIsSeenAndWhatIsClearlyLessIsNot() {
        Detector quiet = Detector.of(DetectorOptions.floor());
        feed(quiet, 0, 4, _ -> 1000, _ -> 100);
        double perDay = 24 * quiet.smallestVisibleRatePerHour();
        assertThat(perDay).isBetween(1.0, 7000.0);
        Detector more = Detector.of(DetectorOptions.floor());
        feed(more, 0, 4, day -> 1000 + 1.6 * perDay * day, _ -> 100);
        assertThat(more.isLeaking()).isTrue();
        Detector less = Detector.of(DetectorOptions.floor());
        feed(less, 0, 4, day -> 1000 + 0.4 * perDay * day, _ -> 100);
        assertThat(less.isLeaking()).isFalse();
    }

    private void feed(Detector detector, double from, double to, DoubleUnaryOperator value, DoubleUnaryOperator load) {
        detector.limit(at(from), LIMIT);
        for (double minute = from * MINUTES_OF_A_DAY; minute < to * MINUTES_OF_A_DAY; minute += 2) {
            double day = minute / MINUTES_OF_A_DAY;
            detector.load(new Sample(at(day), load.applyAsDouble(day) + random.nextGaussian()));
            detector.accept(new Sample(at(day), value.applyAsDouble(day) + 6 * random.nextGaussian()));
        }
    }

    private static Instant at(double day) {
        return START.plusMillis(Math.round(day * 86_400_000));
    }
}
