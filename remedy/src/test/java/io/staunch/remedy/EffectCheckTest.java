package io.staunch.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Explanation;
import io.staunch.detect.Verdict.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EffectCheckTest {
    private static final Rate BEFORE = new Rate(800e6, 700e6, 900e6);

    @Test
    void growthThatEndedWasHelped() {
        assertThat(after(new Verdict.Steady("flat within 2 MB over 40 s")))
                .isEqualTo(new Effect.Helped(new Effect.Comparison(
                        Series.LIVE_SET, 800e6, 0, Duration.ofSeconds(60), "flat within 2 MB over 40 s")));
    }

    @Test
    void growthThatReturnedWasNotHelped() {
        Verdict leaking = new Verdict.Leaking(
                new Rate(790e6, 700e6, 880e6), Instant.EPOCH, Optional.empty(), 0.99, "grows without a bend");
        assertThat(after(leaking)).isInstanceOf(Effect.DidNotHelp.class);
    }

    @Test
    void aSmallRemainderThatIsExplainedIsHelp() {
        assertThat(after(new Verdict.Growing(new Rate(30e6, 0, 60e6), Explanation.WARMING_UP, "flattens")))
                .isInstanceOf(Effect.Helped.class);
    }

    @Test
    void aLargeExplainedGrowthDoesNotDecide() {
        assertThat(after(new Verdict.Growing(new Rate(600e6, 0, 700e6), Explanation.WARMING_UP, "flattens")))
                .isInstanceOf(Effect.TooEarly.class);
    }

    @Test
    void tooFewSamplesDoNotDecide() {
        assertThat(after(new Verdict.Unknown("4 samples, 12 needed"))).isInstanceOf(Effect.TooEarly.class);
    }

    private static Effect after(Verdict verdict) {
        return EffectCheck.judge(Series.LIVE_SET, BEFORE, verdict, Duration.ofSeconds(60));
    }
}
