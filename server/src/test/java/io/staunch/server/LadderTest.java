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
        assertThat(ladder.suspicion(START, false, false, 0)).isFalse();
        assertThat(ladder.firstHistogram()).isEmpty();
        assertThat(ladder.suspicion(START.plusSeconds(40), true, false, 0)).isFalse();
        assertThat(ladder.suspicion(START.plusSeconds(60), true, false, 0)).isTrue();
        assertThat(ladder.firstHistogram()).isPresent();
    }

    @Test
    void suspicionThatDoesNotLastCostsNothing() {
        Ladder ladder = new Ladder(Climb.ON_SUSPICION, START);
        ladder.suspicion(START, true, false, 0);
        ladder.suspicion(START.plusSeconds(15), false, false, 0);
        assertThat(ladder.suspicion(START.plusSeconds(30), true, false, 0)).isFalse();
        assertThat(ladder.suspicion(START.plusSeconds(45), true, false, 0)).isFalse();
        assertThat(ladder.suspicion(START.plusSeconds(50), true, false, 0)).isTrue();
    }

    @Test
    void itIsCalmWhileNothingIsSuspiciousAndNoHistogramsAreTaken() {
        assertThat(new Ladder(Climb.AT_ONCE, START).isCalm()).isFalse();
        Ladder ladder = new Ladder(Climb.ON_SUSPICION, START);
        assertThat(ladder.isCalm()).isTrue();
        ladder.suspicion(START, true, false, 0);
        assertThat(ladder.isCalm()).isFalse();
        assertThat(ladder.suspicion(START.plusSeconds(20), true, false, 0)).isTrue();
        ladder.suspicion(START.plusSeconds(60), false, false, 3);
        assertThat(ladder.isCalm()).isFalse();
        assertThat(ladder.standDown(START.plusSeconds(90), 14, false, false)).isTrue();
        assertThat(ladder.isCalm()).isTrue();
    }

    @Test
    void suspicionThatFoundNothingRestsLongerEachTime() {
        Ladder ladder = new Ladder(Climb.ON_SUSPICION, START);
        suspect(ladder, 0);
        assertThat(ladder.standDown(START.plusSeconds(90), 14, false, false)).isTrue();
        assertThat(ladder.suspicion(START.plusSeconds(91), true, false, 14)).isFalse();
        Instant again = START.plusSeconds(90).plus(Duration.ofMinutes(5));
        assertThat(ladder.suspicion(again, true, false, 14)).isTrue();
        assertThat(ladder.standDown(again, 28, false, false)).isTrue();
        assertThat(ladder.suspicion(again.plus(Duration.ofMinutes(9)), true, false, 28))
                .isFalse();
        assertThat(ladder.suspicion(again.plus(Duration.ofMinutes(10)), true, false, 28))
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

    @Test
    void inHasteASuspicionNeedNotStandForLongTheFirstTime() {
        Ladder ladder = new Ladder(Climb.ON_SUSPICION, START);
        ladder.suspicion(START, true, true, 0);
        assertThat(ladder.suspicion(START.plusSeconds(4), true, true, 0)).isFalse();
        assertThat(ladder.suspicion(START.plusSeconds(5), true, true, 0)).isTrue();
        assertThat(ladder.isHasty()).isTrue();
        Ladder again = new Ladder(Climb.ON_SUSPICION, START);
        again.suspicion(START, true, true, 3);
        assertThat(again.suspicion(START.plusSeconds(15), true, true, 3)).isFalse();
        assertThat(again.suspicion(START.plusSeconds(20), true, true, 3)).isTrue();
        assertThat(again.isHasty()).isFalse();
    }

    @Test
    void manyHistogramsInHasteDoNotEndTheClimbBeforeItsTime() {
        Ladder ladder = hasty();
        assertThat(ladder.standDown(START.plusSeconds(45), 16, false, false)).isFalse();
        assertThat(ladder.standDown(START.plusSeconds(75), 20, false, false)).isTrue();
        assertThat(ladder.suspicion(START.plusSeconds(200), true, false, 20)).isFalse();
    }

    @Test
    void whatHasteFoundToBeFlatIsSuspectedAgainSoon() {
        Ladder ladder = hasty();
        assertThat(ladder.standDown(START.plusSeconds(12), 3, true, false)).isTrue();
        ladder.suspicion(START.plusSeconds(20), true, true, 3);
        assertThat(ladder.suspicion(START.plusSeconds(31), true, true, 3)).isFalse();
        assertThat(ladder.suspicion(START.plusSeconds(40), true, true, 3)).isTrue();
    }

    @Test
    void whoAsksIsInNoHaste() {
        Ladder ladder = hasty();
        ladder.ask(START.plusSeconds(6), 1);
        assertThat(ladder.isHasty()).isFalse();
    }

    private static Ladder hasty() {
        Ladder ladder = new Ladder(Climb.ON_SUSPICION, START);
        ladder.suspicion(START, true, true, 0);
        assertThat(ladder.suspicion(START.plusSeconds(5), true, true, 0)).isTrue();
        return ladder;
    }

    private static void suspect(Ladder ladder, int histograms) {
        ladder.suspicion(START.minusSeconds(20), true, false, histograms);
        assertThat(ladder.suspicion(START, true, false, histograms)).isTrue();
    }
}
