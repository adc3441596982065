package io.staunch.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real shells.
class StartedTest {
    @TempDir
    Path directory;

    @Test
    void whatItStartedInTurnEndsWithIt() throws Exception {
        Started command = start("sleep 300 & sleep 300 & echo up; wait");
        await(() -> said().contains("up"));
        List<ProcessHandle> all = command.alive();
        assertThat(all).hasSizeGreaterThanOrEqualTo(3);
        Started.end(List.of(command));
        assertThat(all).noneMatch(StartedTest::runs);
        assertThat(command.isAlive()).isFalse();
    }

    @Test
    void whatGoesOnWhenItsParentEndedIsStillPartOfIt() throws Exception {
        Started command = start("nohup sleep 300 & echo up; exit 0");
        await(() -> said().contains("up") && command.alive().size() == 1);
        assertThat(command.exitCode()).isEmpty();
        ProcessHandle orphan = command.alive().getFirst();
        Started.end(List.of(command));
        assertThat(runs(orphan)).isFalse();
        assertThat(command.exitCode()).hasValue(0);
    }

    @Test
    void whoDoesNotListenIsForced() throws Exception {
        Started command = start("trap '' TERM; echo up; while :; do sleep 1; done");
        await(() -> said().contains("up"));
        Started.end(List.of(command));
        assertThat(command.isAlive()).isFalse();
    }

    @Test
    void whatHasEndedAndWaitsForItsParentDoesNotRun() throws Exception {
        Started command = start("sh -c 'echo $$; exit 0' & exec sleep 300");
        await(() -> said().endsWith("\n"));
        ProcessHandle child = ProcessHandle.of(Long.parseLong(said().strip())).orElseThrow();
        await(() -> child.info().command().isEmpty());
        assertThat(command.alive()).doesNotContain(child).isNotEmpty();
        Started.end(List.of(command));
    }

    @Test
    void anotherCommandIsLeftAlone() throws Exception {
        Started one = start("sleep 300");
        Path log = directory.resolve("other");
        Started other = Started.start("sleep 300", Map.of(), log);
        Started.end(List.of(one));
        assertThat(other.isAlive()).isTrue();
        Started.end(List.of(other));
    }

    @Test
    void itKnowsExitCodeAndLastLineOfWhatIsNotThere() throws Exception {
        Started command = start("no-such-program-anywhere");
        await(() -> !command.isAlive());
        assertThat(command.exitCode()).hasValue(127);
        assertThat(command.lastWords()).contains("no-such-program-anywhere", "not found", "its output is in " + log());
    }

    @Test
    void theLastLineOfMuchOutputIsTheLast() throws Exception {
        Started command = start("seq 1 100000; echo the end; echo");
        await(() -> !command.isAlive());
        assertThat(command.lastWords()).startsWith("the end; ");
    }

    @Test
    void itHearsOfItsEnvironment() throws Exception {
        Started command = Started.start("echo $STAUNCH_SIDE", Map.of("STAUNCH_SIDE", "baseline"), log());
        await(() -> !command.isAlive());
        assertThat(said()).isEqualTo("baseline\n");
    }

    private Started start(String command) throws IOException {
        return Started.start(command, Map.of(), log());
    }

    private Path log() {
        return directory.resolve("log");
    }

    private String said() throws IOException {
        return Files.readString(log());
    }

    /// Of what has ended and only waits for its parent the program is gone.
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws Exception {
        Instant limit = Instant.now().plusSeconds(60);
        while (!condition.holds()) {
            assertThat(Instant.now()).isBefore(limit);
            Thread.sleep(20);
        }
    }
}
