package io.staunch.server.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Explanation;
import io.staunch.detect.Verdict.Growing;
import io.staunch.detect.Verdict.Leaking;
import io.staunch.detect.Verdict.Rate;
import io.staunch.detect.Verdict.Steady;
import io.staunch.detect.Verdict.Unknown;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Measured;
import io.staunch.diagnose.Observations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration SETTLING = Duration.ofMinutes(2);
    private static final Rate RATE = new Rate(10, 5, 15);

    @Test
    void aReleaseThatStillWarmsUpWhenItEndsWasNotSeenToBeWell() {
        Growing warming = new Growing(RATE, Explanation.WARMING_UP, "it rises");
        assertThat(known(warming, 50).isWell(SETTLING)).isFalse();
        assertThat(known(warming, 120).isWell(SETTLING)).isTrue();
    }

    @Test
    void whatIsSteadyOrExplainedIsWellAndWhatLeaksOrIsNotKnownIsNot() {
        assertThat(known(new Steady("it stays"), 30).isWell(SETTLING)).isTrue();
        assertThat(known(new Growing(RATE, Explanation.FOLLOWS_LOAD, "the load rose"), 30)
                        .isWell(SETTLING))
                .isTrue();
        assertThat(known(new Unknown("too few samples"), 500).isWell(SETTLING)).isFalse();
        assertThat(known(new Leaking(RATE, BEGIN, Optional.empty(), 0.99, "it grows"), 500)
                        .isWell(SETTLING))
                .isFalse();
    }

    private static Known known(Verdict verdict, long seconds) {
        Judgement overall = new Judgement(Series.LIVE_SET, verdict);
        Instant now = BEGIN.plusSeconds(seconds);
        Measured measured = new Measured(BEGIN, now, Map.of(), Map.of(), List.of(overall), overall);
        return new Known(
                BEGIN,
                Duration.ofSeconds(seconds),
                new Diagnosis(now, overall, List.of(overall), Optional.empty(), List.of(), "wait"),
                new Observations(measured, new Held(false, List.of(), Map.of(), false, Optional.empty())),
                false);
    }
}
