package io.staunch.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Staunch is killed in the middle of a rollback and started again.
class RecoveryTest {
    private static final Remedy.RollBack ROLLBACK =
            new Remedy.RollBack(FakePlatform.SERVICE, FakePlatform.release("2.5.0"), FakePlatform.release("2.4.1"));

    @TempDir
    Path directory;

    @Test
    void aRollbackThatHadTakenPlaceIsWrittenDownAsDoneAndNotDoneTwice() throws Exception {
        FakePlatform platform = new FakePlatform("2.4.1");
        List<AuditLine> settled = killedAndRestarted(platform);
        assertThat(settled).singleElement().satisfies(line -> {
            assertThat(line.what()).isEqualTo("done");
            assertThat(line.detail()).contains("release 2.4.1 was found in place");
        });
        assertThat(platform.carriedOut).isEmpty();
    }

    @Test
    void aRollbackThatHadNotTakenPlaceIsWrittenDownAsFailedAndLeftToTheGuardRails() throws Exception {
        FakePlatform platform = new FakePlatform("2.5.0");
        assertThat(killedAndRestarted(platform))
                .singleElement()
                .satisfies(line -> assertThat(line.what()).isEqualTo("failed"));
        assertThat(platform.carriedOut).isEmpty();
        try (AuditLog audit = open()) {
            assertThat(audit.unfinished()).isEmpty();
            assertThat(audit.pastActs()).hasSize(1);
        }
    }

    @Test
    void aLineThatTheCrashToreIsSetAsideAndTheActStillSettled() throws Exception {
        FakePlatform platform = new FakePlatform("2.4.1");
        try (AuditLog audit = open()) {
            audit.append("jo", "intends", ROLLBACK, "order");
        }
        Files.writeString(directory.resolve("audit.jsonl"), "{\"number\":2,\"at\":\"2026", StandardOpenOption.APPEND);
        try (AuditLog audit = open()) {
            Recovery.settle(audit, platform, FakePlatform.SERVICE);
            assertThat(audit.lines()).extracting(AuditLine::what).containsExactly("intends", "recovered", "done");
        }
    }

    @Test
    void whatEndedInOrderIsLeftAlone() throws Exception {
        try (AuditLog audit = open()) {
            audit.append("jo", "intends", ROLLBACK, "order");
            audit.append("jo", "done", ROLLBACK, "in 900 ms");
            assertThat(Recovery.settle(audit, new FakePlatform("2.4.1"), FakePlatform.SERVICE))
                    .isEmpty();
        }
    }

    private List<AuditLine> killedAndRestarted(FakePlatform platform) throws Exception {
        try (AuditLog audit = open()) {
            audit.append("jo", "intends", ROLLBACK, "order");
        }
        try (AuditLog audit = open()) {
            return Recovery.settle(audit, platform, FakePlatform.SERVICE);
        }
    }

    private AuditLog open() throws Exception {
        return AuditLog.open(directory.resolve("audit.jsonl"), InstantSource.system());
    }
}
