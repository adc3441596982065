package io.staunch.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StaircaseTest {
    @Test
    void aLineIsNone() {
        assertThat(isStaircase(second -> 3 * second)).isFalse();
    }

    @Test
    void aLineUnderNoiseIsNone() {
        Random random = new Random(7);
        assertThat(isStaircase(second -> 3 * second + 4 * random.nextGaussian()))
                .isFalse();
    }

    @Test
    void twoStepsAreOne() {
        assertThat(isStaircase(second -> second < 5 ? 40 : second < 35 ? 66 : 90))
                .isTrue();
    }

    @Test
    void aStepOnASlowerRiseIsOne() {
        assertThat(isStaircase(second -> 0.05 * second + (second < 20 ? 0 : 25)))
                .isTrue();
    }

    @Test
    void growthThatEndedHalfWayIsOne() {
        assertThat(isStaircase(second -> Math.min(second, 25))).isTrue();
    }

    @Test
    void growthThatAcceleratesIsNone() {
        assertThat(isStaircase(second -> second + 0.02 * second * second)).isFalse();
    }

    @Test
    void whatDoesNotGrowHasNoPartThatGoesOn() {
        assertThat(isStaircase(second -> 5)).isTrue();
    }

    @Test
    void aLineThatFellOnceOrRoseOnceBesideIsNone() {
        assertThat(isStaircase(second -> 3 * second - (second < 30 ? 0 : 80), 3))
                .isFalse();
        assertThat(isStaircase(second -> 3 * second + (second < 30 ? 0 : 80), 3))
                .isFalse();
    }

    private static boolean isStaircase(IntToDoubleFunction value) {
        double rise = value.applyAsDouble(49) - value.applyAsDouble(10);
        return isStaircase(value, Math.max(rise / 39, 0.1));
    }

    /// A sample a second for fifty seconds, of which the first ten do not count.
    private static boolean isStaircase(IntToDoubleFunction value, double perSecond) {
        List<Sample> samples = IntStream.range(0, 50)
                .mapToObj(second -> new Sample(Instant.ofEpochSecond(second), value.applyAsDouble(second)))
                .toList();
        return Staircase.isIn(samples, Instant.ofEpochSecond(10), 3_600 * perSecond);
    }
}
