package io.staunch.server.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict.Steady;
import io.staunch.detect.Verdict.Unknown;
import io.staunch.incident.Attempt;
import io.staunch.incident.Growth;
import io.staunch.incident.IncidentRecorder;
import io.staunch.incident.IncidentStore;
import io.staunch.remedy.AuditLine;
import io.staunch.remedy.AuditLog;
import io.staunch.remedy.Budget;
import io.staunch.remedy.KillSwitch;
import io.staunch.remedy.Mode;
import io.staunch.remedy.Release;
import io.staunch.remedy.Remedy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In a run of the drill `auth` the fixed release was in place, and its check had come to no end; nobody looked again.
class EffectChecksTest {
    private static final Instant STARTED = Instant.parse("2026-11-28T05:10:00Z");
    private static final Release LEAKY = new Release("shop", "2.5.0", Optional.empty(), List.of());
    private static final Release FIXED = new Release("shop", "2.5.1", Optional.empty(), List.of());
    private static final Remedy PATCH = new Remedy.Patch("shop", LEAKY, FIXED);
    /// Everything that is waited for takes no time.
    private static final Settings AT_ONCE = new Settings(
            new Patience(Duration.ofSeconds(30), 0.05, Duration.ofMinutes(10)),
            Duration.ZERO,
            Duration.ofSeconds(25),
            Duration.ofSeconds(100),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Budget.DEFAULT);

    @TempDir
    Path directory;

    private final Subject process = new Subject("1", STARTED);
    private final Approvals approvals = new Approvals();
    private AuditLog audit;
    private IncidentRecorder recorder;
    private EffectChecks checks;

    @BeforeEach
    void anActWasDone() throws IOException {
        audit = AuditLog.open(directory.resolve("audit.jsonl"), InstantSource.system());
        Growth growth = Growth.of(Series.LIVE_SET, Subject.leaking(STARTED));
        IncidentStore store = new IncidentStore(directory.resolve("incidents"));
        recorder = IncidentRecorder.open(store, "shop", "jvm 1", STARTED, growth, _ -> {});
        Service service =
                new Service("shop", Service.Kind.JVM, new ToldReleases("shop", List::of), Mode.AUTO, Set.of());
        Attention attention = new Attention(() -> service, process.sight());
        Desk desk = new Desk(
                UserFigures.NONE,
                store,
                audit,
                new KillSwitch(directory.resolve("off")),
                approvals,
                GoodReleases.forgetful(),
                OnDuty.once(),
                () -> AT_ONCE,
                (at, voice, sentence) -> {});
        Cause cause = new Cause();
        OpenIncident incident = new OpenIncident(
                attention,
                new Surroundings(List::of, AT_ONCE.patience()),
                desk,
                new Ledger(attention, _ -> {}),
                recorder,
                Set.of(),
                cause,
                STARTED);
        EffectJudge judge =
                new EffectJudge(Service.Kind.JVM, growth, Optional.of("2.5.0"), Duration.ofSeconds(20), cause);
        checks = new EffectChecks(incident, new EffectWatch(attention, desk, judge));
        recorder.attempted(STARTED, PATCH, "jo", "It took 3 s.", true);
    }

    @AfterEach
    void theLogIsClosed() throws IOException {
        audit.close();
    }

    @Test
    void whatWasTooEarlyToSayIsSaidOnceItIsKnown() throws Exception {
        process.is(new Unknown("too little was seen"), Optional.empty());
        assertThat(isHelped()).isFalse();
        assertThat(checks.areUndecided()).isTrue();
        assertThat(checks.haveHelpedSince()).isFalse();
        assertThat(result()).isEqualTo(Attempt.Result.TOO_EARLY);

        process.is(new Steady("level"), Optional.empty());
        assertThat(checks.haveHelpedSince()).isTrue();
        assertThat(result()).isEqualTo(Attempt.Result.HELPED);
        assertThat(checks.areUndecided()).isFalse();
        assertThat(audit.lines()).extracting(AuditLine::what).containsExactly("effect", "effect");
    }

    @Test
    void noGrowthThatWasSeenTooBrieflyIsNoRecovery() throws Exception {
        process.is(new Steady("level"), Optional.empty());
        process.watchedFor(Duration.ofSeconds(24));
        assertThat(isHelped()).isFalse();
        assertThat(result()).isEqualTo(Attempt.Result.TOO_EARLY);
    }

    @Test
    void anActThatFollowsEndsTheCheckBefore() throws Exception {
        process.is(new Unknown("too little was seen"), Optional.empty());
        assertThat(isHelped()).isFalse();
        checks.giveUp();
        process.is(new Steady("level"), Optional.empty());
        assertThat(checks.haveHelpedSince()).isFalse();
        assertThat(result()).isEqualTo(Attempt.Result.TOO_EARLY);
    }

    @Test
    void nothingIsOfferedFromTheBeginningOfACheck() throws Exception {
        approvals.decide("shop", List.of(new Remedy.Restart("shop", FIXED)));
        assertThat(isHelped()).isFalse();
        assertThat(approvals.offered("shop")).isEmpty();
    }

    /// One look, then the time is over.
    private boolean isHelped() throws InterruptedException {
        return checks.helped(
                PATCH, "jo", Instant.now().minus(AT_ONCE.longestEffect()).plusMillis(200), Instant.MAX);
    }

    private Attempt.Result result() {
        return recorder.soFar().attempts().getLast().effect().orElseThrow().result();
    }
}
