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
        assertThat(ladder.suspicion(START, false, 0)).isFalse();
        assertThat(ladder.firstHistogram()).isEmpty();
        assertThat(ladder.suspicion(START.plusSeconds(40), true, 0)).isFalse();
        assertThat(ladder.suspicion(START.plusSeconds(60), true, 0)).isTrue();
        assertThat(ladder.firstHistogram()).isPresent();
    }

    @Test
    void suspicionThatDoesNotLastCostsNothing() {
        Ladder ladder = new Ladder(Climb.ON_SUSPICION, START);
        ladder.suspicion(START, true, 0);
        ladder.suspicion(START.plusSeconds(15), false, 0);
        assertThat(ladder.suspicion(START.plusSeconds(30), true, 0)).isFalse();
        assertThat(ladder.suspicion(START.plusSeconds(45), true, 0)).isFalse();
        assertThat(ladder.suspicion(START.plusSeconds(50), true, 0)).isTrue();
    }

    @Test
    void itIsCalmWhileNothingIsSuspiciousAndNoHistogramsAreTaken() {
        assertThat(new Ladder(Climb.AT_ONCE, START).isCalm()).isFalse();
        Ladder ladder = new Ladder(Climb.ON_SUSPICION, START);
        assertThat(ladder.isCalm()).isTrue();
        ladder.suspicion(START, true, 0);
        assertThat(ladder.isCalm()).isFalse();
        assertThat(ladder.suspicion(START.plusSeconds(20), true, 0)).isTrue();
        ladder.suspicion(START.plusSeconds(60), false, 3);
        assertThat(ladder.isCalm()).isFalse();
        assertThat(ladder.standDown(START.plusSeconds(90), 14, false, false)).isTrue();
        assertThat(ladder.isCalm()).isTrue();
    }

    @Test
    void suspicionThatFoundNothingRestsLongerEachTime() {
        Ladder ladder = new Ladder(Climb.ON_SUSPICION, START);
        suspect(ladder, 0);
        assertThat(ladder.standDown(START.plusSeconds(90), 14, false, false)).isTrue();
        assertThat(ladder.suspicion(START.plusSeconds(91), true, 14)).isFalse();
        Instant again = START.plusSeconds(90).plus(Duration.ofMinutes(5));
        assertThat(ladder.suspicion(again, true, 14)).isTrue();
        assertThat(ladder.standDown(again, 28, false, false)).isTrue();
        assertThat(ladder.suspicion(again.plus(Duration.ofMinutes(9)), true, 28))
                .isFalse();
        assertThat(ladder.suspicion(again.plus(Duration.ofMinutes(10)), true, 28))
                .isTrue();
    }

    @Test
    void threeHistogramsThatAreAlikeAreEnough() {
        Ladder ladder = new Ladder(Climb.ON_SUSPICION, START);
        suspect(ladder, 7);
        assertThat(ladder.standDown(START.plusSeconds(10), 9, true, false)).isFalse();
        assertThat(ladder.standDown(START.plusSeconds(15), 10, false, false)).isFalse();
        assertThat(ladder.standDown(START.plusSeconds(15), 10, true, false)).isTrue();
    }

    @Test
    void aLeakKeepsItUp() {
        Ladder ladder = new Ladder(Climb.ON_SUSPICION, START);
        suspect(ladder, 0);
        assertThat(ladder.standDown(START.plusSeconds(90), 40, true, true)).isFalse();
        assertThat(ladder.firstHistogram()).isPresent();
    }

    private static void suspect(Ladder ladder, int histograms) {
        ladder.suspicion(START.minusSeconds(20), true, histograms);
        assertThat(ladder.suspicion(START, true, histograms)).isTrue();
    }
}
