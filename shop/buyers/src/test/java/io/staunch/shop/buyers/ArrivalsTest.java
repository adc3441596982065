package io.staunch.shop.buyers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void asManyVisitorsComeAsTheRateSays() {
        Arrivals arrivals = new Arrivals(50, HOUR, Optional.empty(), Duration.ZERO, 1, 3);
        assertThat(count(arrivals, 0, HOUR)).isCloseTo(180_000, within(2_000L));
    }

    @Test
    void aSurgeMultipliesTheRateWhileItLasts() {
        Duration start = Duration.ofMinutes(10);
        Duration length = Duration.ofMinutes(5);
        Arrivals arrivals = new Arrivals(50, HOUR, Optional.of(start), length, 4, 3);
        assertThat(count(arrivals, 0, start)).isCloseTo(30_000, within(700L));
        assertThat(count(arrivals, 1, start.plus(length))).isCloseTo(60_000, within(1_000L));
        assertThat(count(arrivals, 1, HOUR)).isCloseTo(135_000, within(1_500L));
    }

    /// How many come until then, counted from what came before.
    private static long count(Arrivals arrivals, long before, Duration until) {
        long count = before;
        while (arrivals.next() < until.toNanos()) {
            count++;
        }
        return count;
    }
}
