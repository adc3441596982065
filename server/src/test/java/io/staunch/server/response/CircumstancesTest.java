package io.staunch.server.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict.Steady;
import io.staunch.diagnose.Culprit;
import io.staunch.incident.Growth;
import io.staunch.incident.IncidentRecorder;
import io.staunch.incident.IncidentStore;
import io.staunch.remedy.AuditLog;
import io.staunch.remedy.Budget;
import io.staunch.remedy.KillSwitch;
import io.staunch.remedy.Mode;
import io.staunch.remedy.Release;
import io.staunch.remedy.Releases;
import io.staunch.remedy.Situation;
import io.staunch.remedy.Situation.Judge;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CircumstancesTest {
    private static final Instant STARTED = Instant.parse("2026-11-28T05:10:00Z");
    private static final String PURL = "pkg:maven/io.staunch.shop/availability@1.0.0";
    private static final Settings USUAL = Settings.watching(new Charges.Pace(
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Budget.DEFAULT));

    @TempDir
    Path directory;

    private final Subject process = new Subject("1", STARTED);
    private final Cause cause = new Cause();

    @Test
    void whileTheLeakIsSeenItsReleaseIsToBlame() throws Exception {
        theCauseIsKnown();
        assertThat(judge(process.sight(), false)).isEqualTo(new Judge.Implicates("2.5.0"));
    }

    @Test
    void aLeakThatIsNotSeenAnyMoreIsNoReasonToActByOneself() throws Exception {
        theCauseIsKnown();
        process.is(new Steady("level"), Optional.empty());
        assertThat(judge(process.sight(), false)).isEqualTo(new Judge.Unsure("level"));
        assertThat(judge(process.sight(), true)).isEqualTo(new Judge.Implicates("2.5.0"));
    }

    @Test
    void norIsAServiceOfWhichNothingIsSeen() throws Exception {
        theCauseIsKnown();
        assertThat(judge(Subject.NOWHERE, false)).isInstanceOf(Judge.Down.class);
    }

    @Test
    void evidenceIsCapturedOnceTheCauseIsKnownOrWasLookedForLongEnough() throws Exception {
        assertThat(now(process.sight(), true, Instant.MAX).evidenceCaptured()).isFalse();
        assertThat(now(process.sight(), true, Instant.MIN).evidenceCaptured()).isTrue();
        theCauseIsKnown();
        assertThat(now(process.sight(), true, Instant.MAX).evidenceCaptured()).isTrue();
    }

    private void theCauseIsKnown() {
        process.leaksBy("ReportConnections", PURL);
        Culprit culprit = process.soFar().diagnosis().culprit().orElseThrow();
        Release broken = new Release("shop", "2.5.0", Optional.of(STARTED), List.of());
        cause.is(culprit, new Attribution(Optional.of(broken), List.of("It brought the library.")));
    }

    private Judge judge(Sight sight, boolean approved) throws Exception {
        return now(sight, approved, Instant.MIN).judge();
    }

    private Situation now(Sight sight, boolean approved, Instant searchedBy) throws Exception {
        Service service =
                new Service("shop", Service.Kind.JVM, new ToldReleases("shop", List::of), Mode.AUTO, Set.of());
        Attention attention = new Attention(() -> service, sight);
        IncidentStore store = new IncidentStore(directory.resolve("incidents"));
        Growth growth = Growth.of(Series.LIVE_SET, Subject.leaking(STARTED));
        try (AuditLog audit = AuditLog.open(directory.resolve("audit.jsonl"), InstantSource.system())) {
            Desk desk = new Desk(
                    UserFigures.NONE,
                    store,
                    audit,
                    new KillSwitch(directory.resolve("off")),
                    new Approvals(),
                    GoodReleases.forgetful(),
                    OnDuty.once(),
                    () -> USUAL,
                    (at, voice, sentence) -> {});
            OpenIncident incident = new OpenIncident(
                    attention,
                    new Surroundings(List::of, USUAL.patience()),
                    desk,
                    new Ledger(attention, _ -> {}),
                    IncidentRecorder.open(store, "shop", "jvm 1", STARTED, growth, _ -> {}),
                    Set.of(),
                    cause,
                    STARTED);
            return new Circumstances(incident, searchedBy).now(new Releases("shop", List.of(), List.of()), approved);
        }
    }
}
