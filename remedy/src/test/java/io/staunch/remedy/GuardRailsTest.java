package io.staunch.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.remedy.Situation.Judge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The situation in which a rollback is right differs from each refused one in a single fact.
final class GuardRailsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Release GOOD = release("1.0", NOON.minusSeconds(7200));
    private static final Release LEAKY = release("1.1", NOON.minusSeconds(600));
    private static final Remedy ROLL_BACK = new Remedy.RollBack("api", LEAKY, GOOD);

    @Test
    void aRollbackOfTheImplicatedReleaseToAnAttestedOneIsAllowed() {
        assertThat(GuardRails.judge(ROLL_BACK, right())).isEqualTo(new Clearance.Allowed());
    }

    @Test
    void theKillSwitchStopsEverything() {
        Situation off = with(right(), List.of(), Optional.of("the file /etc/staunch/stop"));
        assertRefused(ROLL_BACK, off, Rule.KILL_SWITCH);
        assertRefused(new Remedy.Restart("api", LEAKY), off, Rule.KILL_SWITCH);
        assertRefused(new Remedy.Patch("api", LEAKY, release("1.2", NOON)), off, Rule.KILL_SWITCH);
    }

    @Test
    void onlyAutoActsByItselfAndApproveActsOnceSomebodyAgreed() {
        assertRefused(ROLL_BACK, mode(Mode.OBSERVE, true), Rule.MODE);
        assertRefused(ROLL_BACK, mode(Mode.RECOMMEND, true), Rule.MODE);
        assertRefused(ROLL_BACK, mode(Mode.APPROVE, false), Rule.MODE);
        assertThat(GuardRails.judge(ROLL_BACK, mode(Mode.APPROVE, true))).isEqualTo(new Clearance.Allowed());
    }

    @Test
    void aJudgeThatIsDownOrUnsureMeansWaiting() {
        assertRefused(ROLL_BACK, judge(new Judge.Down("the detector did not answer within 10 s")), Rule.JUDGE_UNSURE);
        assertRefused(ROLL_BACK, judge(new Judge.Unsure("60 s of samples, 120 needed")), Rule.JUDGE_UNSURE);
        assertRefused(
                new Remedy.Restart("api", LEAKY),
                judge(new Judge.Unsure("60 s of samples, 120 needed")),
                Rule.JUDGE_UNSURE);
    }

    @Test
    void aReleaseThatIsNotImplicatedIsNeverRolledBack() {
        assertRefused(ROLL_BACK, judge(new Judge.Implicates("0.9")), Rule.NOT_IMPLICATED);
        assertRefused(
                ROLL_BACK,
                judge(new Judge.NoReleaseImplicated("the growth began before any of them")),
                Rule.NOT_IMPLICATED);
    }

    @Test
    void aTargetThatNobodyAttestedIsRefused() {
        assertRefused(ROLL_BACK, attested(Set.of("0.9")), Rule.NOT_ATTESTED);
    }

    @Test
    void aReleaseIsNeverReplacedByItself() {
        Release again = release("1.1", NOON);
        assertRefused(new Remedy.RollBack("api", LEAKY, again), attested(Set.of("1.1")), Rule.SAME_RELEASE);
    }

    @Test
    void aReleaseThatRunsBecauseOfARollbackIsNotRolledBack() {
        PastAct earlier = new PastAct(NOON.minus(Duration.ofHours(3)), "api", "rollback", "1.2", "1.1");
        Releases unchangedSince = new Releases("api", List.of(GOOD, LEAKY), List.of());
        assertRefused(
                ROLL_BACK,
                with(with(right(), unchangedSince), List.of(earlier), Optional.empty()),
                Rule.ROLLBACK_OF_ROLLBACK);
    }

    @Test
    void aReleaseThatWasDeployedAnewAfterARollbackToItMayBeRolledBack() {
        PastAct earlier = new PastAct(NOON.minus(Duration.ofHours(3)), "api", "rollback", "1.2", "1.1");
        assertThat(GuardRails.judge(ROLL_BACK, with(right(), List.of(earlier), Optional.empty())))
                .isEqualTo(new Clearance.Allowed());
    }

    @Test
    void aReleaseIsRolledBackOnce() {
        PastAct earlier = new PastAct(NOON.minus(Duration.ofDays(2)), "api", "rollback", "1.1", "1.0");
        assertRefused(ROLL_BACK, with(right(), List.of(earlier), Optional.empty()), Rule.ONCE_PER_RELEASE);
    }

    @Test
    void aChangeThatCannotBeUndoneBarsTheWayBack() {
        RecordedChange migration = new RecordedChange(
                NOON.minusSeconds(900), RecordedChange.Kind.SCHEMA, "api", "V7__drop_address", true, "events");
        assertRefused(
                ROLL_BACK,
                with(right(), new Releases("api", List.of(GOOD, LEAKY), List.of(migration))),
                Rule.IRREVERSIBLE);
        RecordedChange harmless = new RecordedChange(
                NOON.minusSeconds(900), RecordedChange.Kind.SCHEMA, "api", "V7__add_index", false, "events");
        assertThat(GuardRails.judge(
                        ROLL_BACK, with(right(), new Releases("api", List.of(GOOD, LEAKY), List.of(harmless)))))
                .isEqualTo(new Clearance.Allowed());
    }

    @Test
    void severalServicesDegradingTogetherPointElsewhere() {
        Situation two = degrading(right(), Set.of("api", "search"));
        assertRefused(ROLL_BACK, two, Rule.SEVERAL_SERVICES);
        assertRefused(new Remedy.Restart("api", LEAKY), two, Rule.SEVERAL_SERVICES);
    }

    @Test
    void evidenceIsRecordedBeforeTheActDestroysIt() {
        assertRefused(ROLL_BACK, evidence(right(), false), Rule.EVIDENCE_FIRST);
    }

    @Test
    void theBudgetIsOneActAnHourOverAllServices() {
        PastAct elsewhere = new PastAct(NOON.minus(Duration.ofMinutes(59)), "search", "restart", "7", "7");
        PastAct longAgo = new PastAct(NOON.minus(Duration.ofMinutes(60)), "search", "restart", "7", "7");
        assertRefused(ROLL_BACK, with(right(), List.of(elsewhere), Optional.empty()), Rule.BUDGET);
        assertThat(GuardRails.judge(ROLL_BACK, with(right(), List.of(longAgo), Optional.empty())))
                .isEqualTo(new Clearance.Allowed());
    }

    @Test
    void aReleaseThatNeverRanGoesInOnlyWhenAPersonAgreed() {
        Remedy patch = new Remedy.Patch("api", LEAKY, new Release("api", "1.2", Optional.empty(), List.of()));
        assertRefused(patch, right(), Rule.NOT_ATTESTED);
        assertThat(GuardRails.judge(patch, mode(Mode.APPROVE, true))).isEqualTo(new Clearance.Allowed());
    }

    private static void assertRefused(Remedy remedy, Situation situation, Rule rule) {
        assertThat(GuardRails.judge(remedy, situation)).isInstanceOfSatisfying(Clearance.Refused.class, refused -> {
            assertThat(refused.rule()).isEqualTo(rule);
            assertThat(refused.why()).endsWith(".").hasSizeGreaterThan(20);
        });
    }

    private static Situation right() {
        RecordedChange deployed =
                new RecordedChange(NOON.minusSeconds(600), RecordedChange.Kind.RELEASE, "api", "1.1", false, "events");
        return new Situation(
                NOON,
                Mode.AUTO,
                false,
                new Judge.Implicates("1.1"),
                Set.of("1.0"),
                List.of(),
                Budget.DEFAULT,
                Optional.empty(),
                new Releases("api", List.of(GOOD, LEAKY), List.of(deployed)),
                true,
                Set.of("api"));
    }

    private static Situation mode(Mode mode, boolean approved) {
        Situation s = right();
        return new Situation(
                s.now(),
                mode,
                approved,
                s.judge(),
                s.attestedGood(),
                s.pastActs(),
                s.budget(),
                s.killSwitch(),
                s.releases(),
                s.evidenceCaptured(),
                s.degrading());
    }

    private static Situation judge(Judge judge) {
        Situation s = right();
        return new Situation(
                s.now(),
                s.mode(),
                s.approved(),
                judge,
                s.attestedGood(),
                s.pastActs(),
                s.budget(),
                s.killSwitch(),
                s.releases(),
                s.evidenceCaptured(),
                s.degrading());
    }

    private static Situation attested(Set<String> good) {
        Situation s = right();
        return new Situation(
                s.now(),
                s.mode(),
                s.approved(),
                s.judge(),
                good,
                s.pastActs(),
                s.budget(),
                s.killSwitch(),
                s.releases(),
                s.evidenceCaptured(),
                s.degrading());
    }

    private static Situation with(Situation s, List<PastAct> acts, Optional<String> killSwitch) {
        return new Situation(
                s.now(),
                s.mode(),
                s.approved(),
                s.judge(),
                s.attestedGood(),
                acts,
                s.budget(),
                killSwitch,
                s.releases(),
                s.evidenceCaptured(),
                s.degrading());
    }

    private static Situation with(Situation s, Releases releases) {
        return new Situation(
                s.now(),
                s.mode(),
                s.approved(),
                s.judge(),
                s.attestedGood(),
                s.pastActs(),
                s.budget(),
                s.killSwitch(),
                releases,
                s.evidenceCaptured(),
                s.degrading());
    }

    private static Situation degrading(Situation s, Set<String> services) {
        return new Situation(
                s.now(),
                s.mode(),
                s.approved(),
                s.judge(),
                s.attestedGood(),
                s.pastActs(),
                s.budget(),
                s.killSwitch(),
                s.releases(),
                s.evidenceCaptured(),
                services);
    }

    private static Situation evidence(Situation s, boolean captured) {
        return new Situation(
                s.now(),
                s.mode(),
                s.approved(),
                s.judge(),
                s.attestedGood(),
                s.pastActs(),
                s.budget(),
                s.killSwitch(),
                s.releases(),
                captured,
                s.degrading());
    }

    private static Release release(String version, Instant since) {
        return new Release("api", version, Optional.of(since), List.of());
    }
}
