package io.staunch.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.remedy.Platform.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real directories, links and processes.
final class ReleaseDirectoriesTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @TempDir
    Path home;

    @BeforeEach
    void twoReleasesOfWhichTheSecondIsInPlace() throws IOException {
        for (String version : new String[] {"1.0", "1.1"}) {
            Path lib = Files.createDirectories(
                    home.resolve("releases").resolve(version).resolve("lib"));
            Files.createFile(lib.resolve("store-" + version + ".jar"));
        }
        Files.createSymbolicLink(home.resolve("current"), Path.of("releases/1.1"));
    }

    @Test
    void theCurrentReleaseAndTheLibrariesOfEachAreRead() throws Exception {
        Releases releases = platform("true").releases("api");
        assertThat(releases.current().orElseThrow().version()).isEqualTo("1.1");
        assertThat(releases.named("1.0").orElseThrow().libraries())
                .containsExactly(new Library("pkg:generic/store@1.0"));
        assertThat(releases.named("1.0").orElseThrow().since()).isEmpty();
    }

    @Test
    void aRollbackMovesTheLinkAndRestarts() throws Exception {
        Outcome outcome = platform("echo {service} {release} > restarted").carryOut(back(), LIMIT);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        assertThat(inPlace()).isEqualTo("1.0");
        assertThat(home.resolve("restarted")).hasContent("api 1.0");
    }

    @Test
    void theDryRunSaysTheStepsAndTakesNone() throws Exception {
        assertThat(platform("true").plan(back()))
                .containsExactly("point " + home.resolve("current") + " at releases/1.0", "run: sh -c true");
        assertThat(inPlace()).isEqualTo("1.1");
    }

    @Test
    void aRestartThatFailsPutsTheLinkBackAndSaysSo() throws Exception {
        assertThat(platform("echo port in use >&2; exit 3").carryOut(back(), LIMIT))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.why())
                                .contains("ended with 3: port in use")
                                .contains("current points at 1.1 again"));
        assertThat(inPlace()).isEqualTo("1.1");
    }

    @Test
    @Tag("slow")
    void aRestartThatHangsIsStoppedAtItsLimit() throws Exception {
        assertThat(platform("echo $$ > pid; sleep 30").carryOut(back(), Duration.ofMillis(500)))
                .isInstanceOf(Outcome.TimedOut.class);
        long pid = Long.parseLong(Files.readString(home.resolve("pid")).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(inPlace()).isEqualTo("1.1");
    }

    @Test
    void aCommandThatLiesAboutItsSuccessIsFoundOut() throws Exception {
        assertThat(platform("ln -sfn releases/1.1 current").carryOut(back(), LIMIT))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aReleaseThatIsNotThereIsRefusedBeforeAnythingMoves() throws Exception {
        Release gone = new Release("api", "0.9", Optional.empty(), java.util.List.of());
        assertThat(platform("true").carryOut(new Remedy.RollBack("api", gone, gone), LIMIT))
                .isInstanceOf(Outcome.Failed.class);
        assertThat(inPlace()).isEqualTo("1.1");
    }

    private Remedy back() throws PlatformFailed {
        Releases releases = platform("true").releases("api");
        return new Remedy.RollBack(
                "api",
                releases.named("1.1").orElseThrow(),
                releases.named("1.0").orElseThrow());
    }

    private ReleaseDirectories platform(String script) {
        return ReleaseDirectories.withoutHistory("api", home, Command.of("sh", "-c", script), jar -> {
            String name = jar.getFileName().toString().replace(".jar", "");
            return Optional.of(new Library("pkg:generic/" + name.replace('-', '@')));
        });
    }

    private String inPlace() throws IOException {
        return home.resolve("current").toRealPath().getFileName().toString();
    }
}
