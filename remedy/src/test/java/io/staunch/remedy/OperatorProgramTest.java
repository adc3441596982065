package io.staunch.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staunch.remedy.Platform.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real program, a shell script that keeps the version in place in a file.
final class OperatorProgramTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path home;

    @BeforeEach
    void theSecondReleaseIsInPlace() throws IOException {
        Files.writeString(home.resolve("version"), "1.1\n");
    }

    @Test
    void releasesAreThoseThatItLists() throws Exception {
        Releases releases = program("").releases("api");
        assertThat(releases.known()).extracting(Release::version).containsExactly("1.0", "1.1", "1.2");
        assertThat(releases.current().orElseThrow())
                .isEqualTo(new Release(
                        "api",
                        "1.1",
                        Optional.of(Instant.parse("2026-11-02T08:00:00Z")),
                        List.of(new Library("pkg:maven/com.shop/store@1.1"))));
        assertThat(releases.before(releases.current().orElseThrow())
                        .orElseThrow()
                        .version())
                .isEqualTo("1.0");
        assertThat(releases.named("1.2").orElseThrow().since()).isEmpty();
    }

    @Test
    void aRollbackIsOrderedAndSeenInPlace() throws Exception {
        assertThat(program("").carryOut(back(), LIMIT)).isInstanceOf(Outcome.Done.class);
        assertThat(home.resolve("version")).hasContent("1.0");
        assertThat(home.resolve("orders")).hasContent("rollback api 1.0");
    }

    @Test
    void theDryRunSaysTheOrderAndGivesNone() throws Exception {
        assertThat(program("").plan(back())).containsExactly("run: " + home.resolve("driver") + " rollback api 1.0");
        assertThat(home.resolve("orders")).doesNotExist();
    }

    @Test
    void aFailureHalfWaySaysWhatIsInPlace() throws Exception {
        assertThat(program("echo 1.0 > version; echo no route to host >&2; exit 4")
                        .carryOut(back(), LIMIT))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                                assertThat(failed.why()).contains("ended with 4: no route to host", "in place is 1.0"));
    }

    @Test
    void aProgramThatLiesAboutItsSuccessIsFoundOut() throws Exception {
        assertThat(program("exit 0").carryOut(back(), LIMIT))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.why()).contains("expected release 1.0", "found 1.1"));
    }

    @Test
    void aProgramThatHangsIsStopped() throws Exception {
        assertThat(program("echo $$ > pid; exec sleep 60").carryOut(back(), Duration.ofMillis(700)))
                .isInstanceOf(Outcome.TimedOut.class);
        long pid = Long.parseLong(Files.readString(home.resolve("pid")).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void whatIsNoListIsOneClearError() throws Exception {
        OperatorProgram odd = written("#!/bin/sh\necho 1.0, 1.1\n");
        assertThatThrownBy(() -> odd.releases("api"))
                .isInstanceOf(PlatformFailed.class)
                .hasMessageContaining("expected a JSON object with version, since and libraries, found 1.0, 1.1");
        OperatorProgram none = new OperatorProgram(home.resolve("nothing"), home, LIMIT);
        assertThatThrownBy(() -> none.releases("api"))
                .isInstanceOf(PlatformFailed.class)
                .hasMessageContaining("expected a program that can be run");
    }

    private static Remedy back() {
        return new Remedy.RollBack("api", release("1.1"), release("1.0"));
    }

    private static Release release(String version) {
        return new Release("api", version, Optional.empty(), List.of());
    }

    /// @param instead shell commands for what it is ordered to do; without any it does that
    private OperatorProgram program(String instead) throws IOException {
        return written(
                """
                #!/bin/sh
                case $1 in
                  list)
                    echo '{"version": "1.0", "since": "2026-11-01T08:00:00Z", "libraries": []}'
                    echo '{"version": "1.1", "since": "2026-11-02T08:00:00Z", "libraries": ["pkg:maven/com.shop/store@1.1"]}'
                    echo '{"version": "1.2", "libraries": []}' ;;
                  current) cat version ;;
                  *) %s
                esac
                """.formatted(instead.isEmpty() ? "echo \"$*\" >> orders; echo \"$3\" > version ;;" : instead + " ;;"));
    }

    private OperatorProgram written(String script) throws IOException {
        Path driver = home.resolve("driver");
        Files.writeString(driver, script);
        Files.setPosixFilePermissions(driver, PosixFilePermissions.fromString("rwx------"));
        return new OperatorProgram(driver, home, LIMIT);
    }
}
