package io.staunch.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.collect.Histogram;
import io.staunch.collect.TypeCount;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramShelfTest {
    private static final Instant START = Instant.EPOCH;

    @Test
    void pausesStayWithinTheirShareOfTheTime() {
        HistogramShelf shelf = new HistogramShelf(0.05, Duration.ofSeconds(2));
        shelf.add(histogram(START, Duration.ofMillis(500)), Duration.ofMillis(500));
        assertThat(shelf.due(START, false)).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void shortPausesLeaveTheUsualGap() {
        HistogramShelf shelf = new HistogramShelf(0.05, Duration.ofSeconds(2));
        shelf.add(histogram(START, Duration.ofMillis(20)), Duration.ofMillis(20));
        assertThat(shelf.due(START, false)).isEqualTo(START.plusSeconds(2));
    }

    @Test
    void onePauseOnABusyMachineDoesNotStandForTheNext() {
        HistogramShelf shelf = new HistogramShelf(0.05, Duration.ofSeconds(2));
        shelf.add(histogram(START, Duration.ofSeconds(4)), Duration.ofMillis(40));
        assertThat(shelf.due(START, false)).isBefore(START.plusSeconds(5));
    }

    @Test
    void thoseInAHurryFollowCloselyButPausesKeepToTheirShare() {
        HistogramShelf shelf = new HistogramShelf(0.02, Duration.ofSeconds(5));
        shelf.add(histogram(START, Duration.ofMillis(20)), Duration.ofMillis(20));
        assertThat(shelf.due(START, true)).isEqualTo(START.plusSeconds(2));
        assertThat(shelf.due(START, false)).isEqualTo(START.plusSeconds(5));
        shelf.add(histogram(START, Duration.ofMillis(200)), Duration.ofMillis(200));
        shelf.add(histogram(START, Duration.ofMillis(200)), Duration.ofMillis(200));
        assertThat(shelf.due(START, true)).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void aLongRowStaysBounded() {
        HistogramShelf shelf = new HistogramShelf(0.05, Duration.ofSeconds(2));
        for (int i = 0; i < 1000; i++) {
            shelf.add(histogram(START.plusSeconds(i), Duration.ofMillis(1)), Duration.ofMillis(1));
        }
        assertThat(shelf.all()).hasSizeLessThanOrEqualTo(40);
        assertThat(shelf.all().getFirst().at()).isEqualTo(START);
        assertThat(shelf.all().getLast().at()).isEqualTo(START.plusSeconds(999));
    }

    private static Histogram histogram(Instant at, Duration pause) {
        return new Histogram(at, pause, true, List.of(new TypeCount("byte[]", 1, 16)));
    }
}
