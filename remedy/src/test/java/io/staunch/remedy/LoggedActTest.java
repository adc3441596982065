package io.staunch.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggedActTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Remedy.RollBack ROLLBACK =
            new Remedy.RollBack(FakePlatform.SERVICE, FakePlatform.release("2.5.0"), FakePlatform.release("2.4.1"));

    @TempDir
    Path directory;

    @Test
    void theIntentionIsWrittenBeforeAnythingMovesAndTheEndAfterwards() throws Exception {
        FakePlatform platform = new FakePlatform("2.5.0");
        try (AuditLog audit = open()) {
            assertThat(act(audit, platform).carryOut(ROLLBACK, "jo", LIMIT)).isInstanceOf(Platform.Outcome.Done.class);
            assertThat(audit.lines()).extracting(AuditLine::what).containsExactly("intends", "done");
        }
        assertThat(platform.running).isEqualTo("2.4.1");
    }

    @Test
    void nothingIsDoneWhenTheLogCannotBeWritten() throws Exception {
        FakePlatform platform = new FakePlatform("2.5.0");
        AuditLog audit = open();
        audit.close();
        assertThat(act(audit, platform).carryOut(ROLLBACK, "jo", LIMIT))
                .isInstanceOfSatisfying(
                        Platform.Outcome.Failed.class,
                        failed -> assertThat(failed.why()).contains("audit log", "nothing was done"));
        assertThat(platform.carriedOut).isEmpty();
        assertThat(platform.running).isEqualTo("2.5.0");
    }

    @Test
    void nothingIsDoneOnceTheKillSwitchIsThrown() throws Exception {
        FakePlatform platform = new FakePlatform("2.5.0");
        KillSwitch killSwitch = new KillSwitch(directory.resolve("stop"));
        killSwitch.engage("the release manager");
        try (AuditLog audit = open()) {
            assertThat(new LoggedAct(audit, platform, killSwitch).carryOut(ROLLBACK, "jo", LIMIT))
                    .isInstanceOfSatisfying(
                            Platform.Outcome.Failed.class,
                            failed -> assertThat(failed.why()).contains("the release manager", "nothing was done"));
            assertThat(audit.lines()).extracting(AuditLine::what).containsExactly("refused");
            assertThat(audit.pastActs()).isEmpty();
        }
        assertThat(platform.carriedOut).isEmpty();
    }

    @Test
    void aDriverThatFailsHalfWayIsWrittenDownAsFailed() throws Exception {
        FakePlatform platform = new FakePlatform("2.5.0");
        platform.answer = new Platform.Outcome.Failed("the command ended with 3");
        try (AuditLog audit = open()) {
            act(audit, platform).carryOut(ROLLBACK, "jo", LIMIT);
            assertThat(audit.lines()).extracting(AuditLine::what).containsExactly("intends", "failed");
            assertThat(audit.lines().getLast().detail()).contains("ended with 3");
        }
    }

    @Test
    void aDriverThatHangsIsWrittenDownAsFailedWithItsLimit() throws Exception {
        FakePlatform platform = new FakePlatform("2.5.0");
        platform.answer = new Platform.Outcome.TimedOut(LIMIT, "the command hung");
        try (AuditLog audit = open()) {
            act(audit, platform).carryOut(ROLLBACK, "jo", LIMIT);
            assertThat(audit.lines().getLast().detail()).contains("stopped after 5 s", "hung");
            assertThat(audit.unfinished()).isEmpty();
        }
    }

    @Test
    void anActWhoseEndCouldNotBeWrittenIsSettledAtTheNextStart() throws Exception {
        FakePlatform platform = new FakePlatform("2.5.0");
        AuditLog audit = open();
        platform.meanwhile = audit::close;
        act(audit, platform).carryOut(ROLLBACK, "jo", LIMIT);
        try (AuditLog next = open()) {
            assertThat(next.unfinished()).hasSize(1);
            Recovery.settle(next, platform, FakePlatform.SERVICE);
            assertThat(next.lines()).extracting(AuditLine::what).containsExactly("intends", "done");
        }
        assertThat(platform.carriedOut).hasSize(1);
    }

    private LoggedAct act(AuditLog audit, Platform platform) {
        return new LoggedAct(audit, platform, new KillSwitch(directory.resolve("stop")));
    }

    private AuditLog open() throws Exception {
        return AuditLog.open(directory.resolve("audit.jsonl"), InstantSource.system());
    }
}
