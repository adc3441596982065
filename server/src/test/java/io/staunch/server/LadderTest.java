package io.staunch.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.server.InvestigationOptions.Climb;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LadderTest {
    private static final Instant START = Instant.EPOCH;

    @Test
    void whoAsksGetsHistogramsAtOnce() {
        assertThat(new Ladder(Climb.AT_ONCE, START).firstHistogram()).isPresent();
    }

    @Test
    void aWatchTakesNoHistogramWithoutSuspicion() {
        Ladder ladder = new Ladder(Climb.ON_SUSPICION, START);
        assertThat(ladder.suspicion(START, false)).isFalse();
        assertThat(ladder.firstHistogram()).isEmpty();
        assertThat(ladder.suspicion(START.plusSeconds(60), true)).isTrue();
        assertThat(ladder.firstHistogram()).isPresent();
    }

    @Test
    void suspicionThatFoundNothingRestsLongerEachTime() {
        Ladder ladder = new Ladder(Climb.ON_SUSPICION, START);
        ladder.suspicion(START, true);
        assertThat(ladder.standDown(START.plusSeconds(90), 14, false)).isTrue();
        assertThat(ladder.suspicion(START.plusSeconds(91), true)).isFalse();
        Instant again = START.plusSeconds(90).plus(Duration.ofMinutes(5));
        assertThat(ladder.suspicion(again, true)).isTrue();
        assertThat(ladder.standDown(again, 14, false)).isTrue();
        assertThat(ladder.suspicion(again.plus(Duration.ofMinutes(9)), true)).isFalse();
        assertThat(ladder.suspicion(again.plus(Duration.ofMinutes(10)), true)).isTrue();
    }

    @Test
    void aLeakKeepsItUp() {
        Ladder ladder = new Ladder(Climb.ON_SUSPICION, START);
        ladder.suspicion(START, true);
        assertThat(ladder.standDown(START.plusSeconds(90), 40, true)).isFalse();
        assertThat(ladder.firstHistogram()).isPresent();
    }
}
