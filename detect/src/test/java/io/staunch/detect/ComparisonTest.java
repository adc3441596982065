package io.staunch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Pairs of releases with autocorrelated noise, asked every five minutes. The oracle is the process that drew them.
class ComparisonTest {
    private static final int PAIRS = 300;
    private static final double LEVEL = 1200 * 1048576.0;

    @Test
    void aCanaryLikeItsBaselineIsSeldomCalledWorseHoweverOftenOneAsks() {
        assertThat(worseWithin(240, 0, 0)).isLessThanOrEqualTo((int) (0.05 * PAIRS));
    }

    @Test
    void aCanaryThatStandsHigherIsNotWorse() {
        assertThat(worseWithin(240, 0, 0.05)).isLessThanOrEqualTo((int) (0.05 * PAIRS));
    }

    @Test
    void aFastLeakIsSeenWithinHours() {
        assertThat(worseWithin(240, 0.05, 0)).isGreaterThanOrEqualTo((int) (0.9 * PAIRS));
    }

    @Test
    void aWarmUpThatBothHaveIsNotWorse() {
        Comparison comparison = Comparison.of(DetectorOptions.floor(), 0.01, 0.1 * LEVEL);
        Random random = new Random(5);
        for (int second = 0; second < 2 * 3600; second += 30) {
            double warm = LEVEL * (1 - 0.5 * Math.exp(-second / 1800.0));
            comparison.baseline(second, warm + 0.002 * LEVEL * random.nextGaussian());
            comparison.canary(second, warm + 0.002 * LEVEL * random.nextGaussian());
        }
        assertThat(comparison.answer()).isInstanceOf(Comparison.Answer.NoWorse.class);
    }

    @Test
    void beforeItCanTellItSaysWhatItCouldHaveSeen() {
        Comparison comparison = Comparison.of(DetectorOptions.floor(), 0.01, 0);
        assertThat(comparison.answer()).isInstanceOf(Comparison.Answer.Undecided.class);
        assertThat(comparison.smallestVisibleRatePerHour()).isInfinite();
        Random random = new Random(6);
        double before = Double.POSITIVE_INFINITY;
        for (int hour = 0; hour < 8; hour++) {
            for (int minute = 0; minute < 60; minute++) {
                comparison.baseline(3600 * hour + 60 * minute, LEVEL * (1 + 0.003 * random.nextGaussian()));
                comparison.canary(3600 * hour + 60 * minute, LEVEL * (1 + 0.003 * random.nextGaussian()));
            }
            if (hour % 4 == 3) {
                double visible = comparison.smallestVisibleRatePerHour();
                assertThat(visible).isPositive().isLessThan(before);
                before = visible;
            }
        }
    }

    private static int worseWithin(int minutes, double growthPerHour, double higherBy) {
        Random random = new Random(7);
        int worse = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            double keep = Math.exp(-1 / (10 + 80 * random.nextDouble()));
            double size = 0.005 + 0.01 * random.nextDouble();
            double[] state = {size * random.nextGaussian(), size * random.nextGaussian()};
            Comparison comparison = Comparison.of(DetectorOptions.floor(), 0.01, 0.001 * LEVEL);
            boolean called = false;
            for (int minute = 0; minute < minutes && !called; minute++) {
                for (int side = 0; side < 2; side++) {
                    state[side] = keep * state[side] + Math.sqrt(1 - keep * keep) * size * random.nextGaussian();
                    double white = 0.005 * random.nextGaussian();
                    double grown = side == 1 ? higherBy + growthPerHour * minute / 60 : 0;
                    double value = LEVEL * (1 + state[side] + white + grown);
                    if (side == 0) {
                        comparison.baseline(60.0 * minute, value);
                    } else {
                        comparison.canary(60.0 * minute, value);
                    }
                }
                called = minute % 5 == 4 && comparison.answer() instanceof Comparison.Answer.Worse;
            }
            worse += called ? 1 : 0;
        }
        return worse;
    }
}
