package io.staunch.shop.buyers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private static final Instant NOON = Instant.parse("2024-08-15T12:00:00Z");

    private final Tally tally = new Tally(Duration.ofMillis(750));

    @Test
    void aLineHasTheQuantilesOfItsSecondOnly() {
        answer(5_000);
        Line _ = tally.second(NOON, 1, 0);
        for (int millis = 1; millis <= 2_000; millis++) {
            answer(millis);
        }
        Line line = tally.second(NOON, 2, 7);
        assertThat(line.requests()).isEqualTo(2_000);
        assertThat(line.latencyMillis()).isEqualTo(new Line.Latency(1_001, 1_901, 1_981, 2_000));
        assertThat(line.activeVisits()).isEqualTo(7);
        assertThat(tally.second(NOON, 3, 0).latencyMillis()).isEqualTo(new Line.Latency(0, 0, 0, 0));
    }

    @Test
    void theSummaryIsTheSumOfTheSeconds() {
        answer(10);
        tally.checkout(true);
        Line _ = tally.second(NOON, 1, 0);
        tally.answered(1, false);
        tally.checkout(false);
        Line _ = tally.second(NOON, 2, 0);
        Line summary = tally.summary(NOON, 2);
        assertThat(summary.kind()).isEqualTo("summary");
        assertThat(summary.requests()).isEqualTo(2);
        assertThat(summary.errors()).isEqualTo(1);
        assertThat(summary.checkoutsCompleted()).isEqualTo(1);
        assertThat(summary.checkoutsFailed()).isEqualTo(1);
    }

    @Test
    void aUserWhoComesTwiceIsOneUserAndTwoVisits() {
        tally.visitEnded(5, false);
        tally.visitEnded(5, true);
        tally.visitEnded(6, false);
        tally.turnedAway(9);
        Line line = tally.second(NOON, 1, 0);
        assertThat(line.visitsEnded()).isEqualTo(3);
        assertThat(line.visitsHit()).isEqualTo(1);
        assertThat(line.visitsTurnedAway()).isEqualTo(1);
        assertThat(line.users()).isEqualTo(3);
        assertThat(line.usersHit()).isEqualTo(2);
    }

    private void answer(int millis) {
        tally.answered(TimeUnit.MILLISECONDS.toNanos(millis), true);
    }
}
