package io.staunch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.staunch.diagnose.TypeHistory.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class SteadyGrowthTest {
    @Test
    void aSteadyLeakIsFoundWithItsRate() {
        Random random = new Random(1);
        Optional<GrowingType> growth = growth(15, n -> 1000 + 60L * n + random.nextInt(20));
        assertThat(growth).isPresent();
        // 60 more every 4 s.
        assertThat(growth.orElseThrow().instancesPerHour()).isCloseTo(54_000, within(2_000.0));
    }

    @Test
    void aCacheThatHasFilledUpIsNoGrowth() {
        assertThat(growth(15, n -> Math.min(6_000, 1000 * n))).isEmpty();
    }

    @Test
    void oneStepIsNoGrowth() {
        assertThat(growth(15, n -> n < 8 ? 100 : 5000)).isEmpty();
    }

    @Test
    void aSawToothIsNoGrowth() {
        assertThat(growth(15, n -> 1000 + 500L * (n % 4))).isEmpty();
    }

    @Test
    void randomWalksAreSeldomGrowth() {
        Random random = new Random(7);
        int alarms = 0;
        for (int i = 0; i < 1000; i++) {
            long[] value = {10_000};
            alarms += growth(15, n -> value[0] += random.nextInt(201) - 100).isPresent() ? 1 : 0;
        }
        assertThat(alarms).isLessThan(120);
    }

    @Test
    void fewPointsAreNoGrowth() {
        assertThat(growth(4, n -> 1000L * n)).isEmpty();
    }

    private static Optional<GrowingType> growth(int points, IntToLongFunction instances) {
        List<Point> history = new ArrayList<>();
        for (int n = 0; n < points; n++) {
            long count = instances.applyAsLong(n);
            history.add(new Point(Instant.EPOCH.plusSeconds(4L * n), count, 24 * count));
        }
        return SteadyGrowth.of(new TypeHistory("com.shop.Cart", history));
    }
}
