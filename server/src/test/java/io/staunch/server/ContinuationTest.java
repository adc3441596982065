package io.staunch.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContinuationTest {
    @Test
    void growthAtTheSamePaceGoesOn() {
        Random random = new Random(11);
        assertThat(goesOn(25, second -> second + random.nextGaussian())).isTrue();
    }

    @Test
    void growthAtAFifthOfThePaceDoesNot() {
        assertThat(goesOn(25, second -> second / 5.0)).isFalse();
    }

    @Test
    void whatIsLevelDoesNot() {
        assertThat(goesOn(25, second -> 40 + second % 2)).isFalse();
    }

    @Test
    void oneStepIsNoGrowth() {
        assertThat(goesOn(25, second -> second < 12 ? 0 : 25)).isFalse();
    }

    @Test
    void aFewSecondsTellNothing() {
        assertThat(goesOn(12, second -> second)).isFalse();
    }

    /// A sample a second; before, it grew by one a second.
    private static boolean goesOn(int seconds, IntToDoubleFunction value) {
        List<Sample> samples = IntStream.range(0, seconds)
                .mapToObj(second -> new Sample(Instant.ofEpochSecond(second), value.applyAsDouble(second)))
                .toList();
        return Continuation.isSeen(samples, Instant.EPOCH, 3600);
    }
}
