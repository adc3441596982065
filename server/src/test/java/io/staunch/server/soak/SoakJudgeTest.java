package io.staunch.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.collect.Collector;
import io.staunch.collect.Cost;
import io.staunch.collect.JvmInfo;
import io.staunch.detect.Comparison;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Measured;
import io.staunch.diagnose.Observations;
import io.staunch.diagnose.Shape;
import io.staunch.server.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SoakJudgeTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double MIB = 1 << 20;
    private static final Verdict STEADY = new Verdict.Steady("changed by 1 MiB in 10 min");
    private static final Verdict UNKNOWN = new Verdict.Unknown("too few samples");
    private static final Optional<SmallestLeak> SMALLEST =
            Optional.of(new SmallestLeak(Series.LIVE_SET, 2 * MIB, 100 * MIB, OptionalDouble.of(512 * MIB)));
    private static final Comparison.Answer WORSE = new Comparison.Answer.Worse(
            new Verdict.Rate(60 * MIB, 50 * MIB, 70 * MIB), 0.999, "grew by 10 MiB more than the baseline and goes on");
    private static final Comparison.Answer NO_WORSE = new Comparison.Answer.NoWorse(
            new Verdict.Rate(0, -MIB, MIB), "grows no more than 1 MiB an hour faster than the baseline");

    @Test
    void aCandidateThatDoesNotLeakPassesAndTheSmallestLeakIsSaid() {
        assertThat(judge(run(STEADY), Optional.of(run(STEADY)), Optional.of(NO_WORSE), SMALLEST))
                .isInstanceOfSatisfying(
                        SoakAnswer.Passed.class,
                        passed -> assertThat(passed.why())
                                .startsWith(
                                        "no leak: live set changed by 1 MiB in 10 min; a leak of 2 MiB an hour or more"));
    }

    @Test
    void withoutABaselineToo() {
        assertThat(judge(run(STEADY), Optional.empty(), Optional.empty(), SMALLEST))
                .isInstanceOf(SoakAnswer.Passed.class);
    }

    @Test
    void whereNoLeakCouldHaveBeenSeenNothingPasses() {
        assertThat(judge(run(STEADY), Optional.empty(), Optional.empty(), Optional.empty()))
                .isInstanceOfSatisfying(
                        SoakAnswer.Undecided.class,
                        told -> assertThat(told.why()).contains("no leak of any size could have been seen"));
    }

    @Test
    void whatGrowsMoreThanItsBaselineDoesNotPassThoughItLooksWellAlone() {
        assertThat(judge(run(STEADY), Optional.of(run(STEADY)), Optional.of(WORSE), SMALLEST))
                .isInstanceOfSatisfying(
                        SoakAnswer.Undecided.class,
                        told -> assertThat(told.why()).contains("yet it grew by 10 MiB more than the baseline"));
    }

    @Test
    void whatCanNotBeJudgedAloneFailsBesideABaselineThatDoesNotGrowLikeIt() {
        assertThat(judge(run(UNKNOWN), Optional.of(run(STEADY)), Optional.of(WORSE), SMALLEST))
                .isInstanceOf(SoakAnswer.Failed.class);
        assertThat(judge(run(UNKNOWN), Optional.of(run(STEADY)), Optional.of(NO_WORSE), SMALLEST))
                .isInstanceOf(SoakAnswer.Undecided.class);
    }

    @Test
    void aLeakOfTheCandidatesAloneFailsAndIsNamed() {
        assertThat(judge(run(leak(60, "Cart")), Optional.of(run(STEADY)), Optional.of(WORSE), SMALLEST))
                .isInstanceOfSatisfying(SoakAnswer.Failed.class, failed -> {
                    assertThat(failed.why())
                            .isEqualTo("the candidate leaks and the baseline does not: grows steadily; what piles up is"
                                    + " Cart");
                    assertThat(failed.advice())
                            .startsWith("Do not release it: ")
                            .contains("Cart");
                });
    }

    @Test
    void aLeakThatBothHaveFailsAndIsNotBlamedOnTheRelease() {
        assertThat(judge(run(leak(60, "Cart")), Optional.of(run(leak(61, "Cart"))), Optional.of(NO_WORSE), SMALLEST))
                .isInstanceOfSatisfying(SoakAnswer.Failed.class, failed -> {
                    assertThat(failed.why())
                            .endsWith("so does the baseline, at the same pace: this release did not bring it");
                    assertThat(failed.advice()).startsWith("Releasing it makes nothing worse");
                });
    }

    @Test
    void aFasterLeakIsBlamedOnTheRelease() {
        assertThat(judge(run(leak(90, "Cart")), Optional.of(run(leak(30, "Cart"))), Optional.empty(), SMALLEST))
                .isInstanceOfSatisfying(
                        SoakAnswer.Failed.class,
                        failed -> assertThat(failed.why())
                                .contains("so does the baseline, but slower")
                                .doesNotContain("did not bring it"));
        assertThat(judge(run(leak(30, "Cart")), Optional.of(run(leak(90, "Cart"))), Optional.empty(), SMALLEST))
                .isInstanceOfSatisfying(
                        SoakAnswer.Failed.class,
                        failed -> assertThat(failed.why()).contains("and faster"));
    }

    @Test
    void anotherLeakAtTheSamePaceIsBlamedOnTheRelease() {
        assertThat(judge(run(leak(60, "Cart")), Optional.of(run(leak(60, "Order"))), Optional.of(NO_WORSE), SMALLEST))
                .isInstanceOfSatisfying(
                        SoakAnswer.Failed.class,
                        failed -> assertThat(failed.why())
                                .endsWith("the baseline leaks, too, but something else: Order"));
    }

    @Test
    void aCandidateThatDiedDoesNotPassAndFailsOnlyIfItLeaked() {
        Soaked.Run died = new Soaked.Run(
                SideName.CANDIDATE, run(STEADY).outcome(), Optional.empty(), Optional.of("with exit code 137: Killed"));
        assertThat(judge(died, Optional.empty(), Optional.empty(), SMALLEST))
                .isInstanceOfSatisfying(
                        SoakAnswer.Undecided.class,
                        told -> assertThat(told.why())
                                .startsWith("the candidate ended with exit code 137: Killed; no leak so far"));
        Soaked.Run leaked = new Soaked.Run(
                SideName.CANDIDATE, run(leak(60, "Cart")).outcome(), Optional.empty(), Optional.of("with exit code 3"));
        assertThat(judge(leaked, Optional.empty(), Optional.empty(), SMALLEST)).isInstanceOf(SoakAnswer.Failed.class);
    }

    @Test
    void whatWasInterruptedDoesNotPass() {
        assertThat(new SoakJudge(run(STEADY), Optional.empty(), Optional.empty(), SMALLEST, Optional.empty(), true)
                        .answer())
                .isInstanceOfSatisfying(
                        SoakAnswer.Undecided.class,
                        told -> assertThat(told.why()).startsWith("it was interrupted; no leak so far"));
    }

    @Test
    void whatWasWatchedForMuchLessThanAskedDoesNotPassButFails() {
        Optional<String> tooShort = Optional.of("the load of the candidate ended after 9 s");
        assertThat(new SoakJudge(run(STEADY), Optional.empty(), Optional.empty(), SMALLEST, tooShort, false).answer())
                .isInstanceOfSatisfying(
                        SoakAnswer.Undecided.class,
                        told -> assertThat(told.why())
                                .startsWith("the load of the candidate ended after 9 s; no leak so far"));
        assertThat(new SoakJudge(run(leak(60, "Cart")), Optional.empty(), Optional.empty(), SMALLEST, tooShort, false)
                        .answer())
                .isInstanceOf(SoakAnswer.Failed.class);
    }

    private static SoakAnswer judge(
            Soaked.Run candidate,
            Optional<Soaked.Run> baseline,
            Optional<Comparison.Answer> comparison,
            Optional<SmallestLeak> smallest) {
        return new SoakJudge(candidate, baseline, comparison, smallest, Optional.empty(), false).answer();
    }

    private record Leak(Verdict verdict, Culprit culprit) {}

    private static Leak leak(double perMinute, String type) {
        double perHour = 60 * perMinute * MIB;
        return new Leak(
                new Verdict.Leaking(
                        new Verdict.Rate(perHour, 0.95 * perHour, 1.05 * perHour),
                        START,
                        Optional.empty(),
                        0.999,
                        "grows steadily"),
                new Culprit(
                        Shape.OBJECTS,
                        List.of(new Accumulation(type, 1000, perHour)),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static Soaked.Run run(Leak leak) {
        return run(leak.verdict(), Optional.of(leak.culprit()));
    }

    private static Soaked.Run run(Verdict verdict) {
        return run(verdict, Optional.empty());
    }

    private static Soaked.Run run(Verdict verdict, Optional<Culprit> culprit) {
        Instant now = START.plusSeconds(600);
        Judgement overall = new Judgement(Series.LIVE_SET, verdict);
        Outcome outcome = new Outcome(
                new JvmInfo(
                        1,
                        "shop.jar",
                        "25",
                        "HotSpot",
                        Collector.G1,
                        "shop",
                        Optional.empty(),
                        START,
                        List.of(),
                        JvmInfo.Way.JMX),
                START,
                Duration.ofMinutes(10),
                new Diagnosis(now, overall, List.of(overall), culprit, List.of(), "wait"),
                new Observations(new Measured(START, now, Map.of(), Map.of(), List.of(overall), overall), Held.UNKNOWN),
                List.of(),
                Cost.NONE,
                Optional.empty());
        return new Soaked.Run(SideName.CANDIDATE, outcome, Optional.empty(), Optional.empty());
    }
}
