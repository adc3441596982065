package io.staunch.server.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Leaking;
import io.staunch.detect.Verdict.Rate;
import io.staunch.detect.Verdict.Steady;
import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Measured;
import io.staunch.diagnose.Observations;
import io.staunch.diagnose.Shape;
import io.staunch.incident.Growth;
import io.staunch.remedy.Budget;
import io.staunch.remedy.Effect;
import io.staunch.remedy.Library;
import io.staunch.remedy.Release;
import io.staunch.remedy.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The leak is that of the drill `auth`: release 2.6.0 took the library in its leaky version, 2.7.0 left it as it was.
class EffectJudgeTest {
    private static final Instant DONE = Instant.parse("2026-11-28T04:37:52Z");
    private static final String TYPE = "io.staunch.shop.auth.ReplayWindow";
    private static final String LEAKY = "pkg:maven/io.staunch.shop/shop-auth@1.3.0";
    private static final double PER_HOUR = 83_000;
    private static final Release BEFORE = release("2.6.0", LEAKY);
    private static final Release LATEST = release("2.7.0", LEAKY);
    private static final Release FIXED = release("2.6.1", "pkg:maven/io.staunch.shop/shop-auth@1.3.1");
    private static final Remedy ROLLBACK = new Remedy.RollBack("shop-api", LATEST, BEFORE);
    private static final Remedy RESTART =
            new Remedy.Restart("shop-api", new Release("shop-api", "2.7.0", Optional.empty(), List.of()));
    private static final Remedy PATCH = new Remedy.Patch("shop-api", BEFORE, FIXED);

    private final EffectJudge judge = judge();

    @Test
    void aRestartOfTheReleaseThatLeaksIsInVainAsSoonAsItPilesUpAgain() {
        assertThat(isDecided(RESTART, PER_HOUR, leaking(), 39)).isFalse();
        assertThat(isDecided(RESTART, PER_HOUR, leaking(), 40)).isTrue();
    }

    @Test
    void soIsARollbackThatLeavesTheCulpritsLibraryAsItWas() {
        assertThat(isDecided(ROLLBACK, PER_HOUR, leaking(), 40)).isTrue();
    }

    @Test
    void anotherVersionOfTheLibraryMayFillLikeIt() {
        assertThat(isDecided(PATCH, PER_HOUR, leaking(), 89)).isFalse();
        assertThat(isDecided(PATCH, PER_HOUR, leaking(), 90)).isTrue();
    }

    @Test
    void whatPilesUpFarSlowerOrLeaksInNothingElseMayBeFilling() {
        assertThat(isDecided(RESTART, 0.4 * PER_HOUR, leaking(), 60)).isFalse();
        assertThat(isDecided(RESTART, PER_HOUR, new Steady("level"), 60)).isFalse();
    }

    @Test
    void thatNothingGrowsTakesAsLongAsTheLeakTookToShow() {
        assertThat(isDecided(PATCH, 0, new Steady("level"), 49)).isFalse();
        assertThat(isDecided(PATCH, 0, new Steady("level"), 50)).isTrue();
    }

    @Test
    void aTypeThatStillGrowsALittleBesideALevelSeriesIsNoRecoveryYet() {
        assertThat(judge.judge(known(0.1 * PER_HOUR, new Steady("level"), 300))).isInstanceOf(Effect.TooEarly.class);
    }

    private boolean isDecided(Remedy remedy, double perHour, Verdict verdict, long seconds) {
        Known known = known(perHour, verdict, seconds);
        return judge.isDecided(judge.judge(known), remedy, known, SETTINGS);
    }

    private static EffectJudge judge() {
        Cause cause = new Cause();
        cause.is(
                new Culprit(
                        Shape.OBJECTS,
                        List.of(new Accumulation(TYPE, PER_HOUR, 1e9)),
                        List.of("static io.staunch.shop.auth.LoginTokens.windows"),
                        List.of(),
                        Optional.of(LEAKY),
                        Optional.empty(),
                        Optional.empty()),
                new Attribution(Optional.of(BEFORE), List.of("It brought the library.")));
        Growth growth = Growth.of(Series.LIVE_SET, leaking());
        return new EffectJudge(Service.Kind.JVM, growth, Optional.of("2.7.0"), Duration.ofSeconds(50), cause);
    }

    private static Known known(double perHour, Verdict verdict, long seconds) {
        Judgement overall = new Judgement(Series.LIVE_SET, verdict);
        Instant now = DONE.plusSeconds(seconds);
        List<Accumulation> growing = perHour == 0 ? List.of() : List.of(new Accumulation(TYPE, perHour, 1e9));
        Measured measured = new Measured(DONE, now, Map.of(), Map.of(), List.of(overall), overall);
        Held held = new Held(true, growing, Map.of(), false, Optional.empty());
        return new Known(
                DONE,
                Duration.ofSeconds(seconds),
                new Diagnosis(now, overall, List.of(overall), Optional.empty(), List.of(), "wait"),
                new Observations(measured, held),
                false);
    }

    private static Leaking leaking() {
        return new Leaking(new Rate(2e9, 1.8e9, 2.2e9), DONE, Optional.empty(), 0.999, "live set grows");
    }

    private static Release release(String version, String library) {
        return new Release("shop-api", version, Optional.empty(), List.of(new Library(library)));
    }

    private static final Settings SETTINGS = new Settings(
            new Patience(Duration.ofSeconds(80), 0.05, Duration.ofMinutes(12)),
            Duration.ofSeconds(3),
            Duration.ofSeconds(40),
            Duration.ofSeconds(120),
            Duration.ofSeconds(45),
            Duration.ofSeconds(90),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ZERO,
            Duration.ofMinutes(1),
            Duration.ofMinutes(12),
            Budget.DEFAULT);
}
