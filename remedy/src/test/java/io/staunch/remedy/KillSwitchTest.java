package io.staunch.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillSwitchTest {
    @TempDir
    Path directory;

    @Test
    void nothingIsSwitchedOffUntilSomebodyDoes() {
        assertThat(new KillSwitch(directory.resolve("stop")).thrown()).isEmpty();
    }

    @Test
    void aFileSwitchesActsOffAsLongAsItIsThere() throws Exception {
        Path file = directory.resolve("stop");
        KillSwitch killSwitch = new KillSwitch(file);
        Files.createFile(file);
        assertThat(killSwitch.thrown()).contains("the file " + file);
        Files.delete(file);
        assertThat(killSwitch.thrown()).isEmpty();
    }

    @Test
    void aCallOutlivesTheProcessAndTakesNoFileOfOthersAway() throws Exception {
        Path file = directory.resolve("stop");
        Files.createFile(file);
        new KillSwitch(file).engage("the release manager");
        KillSwitch next = new KillSwitch(file);
        assertThat(next.thrown()).contains("the release manager");
        next.release();
        assertThat(next.thrown()).contains("the file " + file);
    }

    @Test
    void aCallSwitchesActsOffUntilItIsTakenBack() throws Exception {
        KillSwitch killSwitch = new KillSwitch(directory.resolve("stop"));
        killSwitch.engage("the release manager");
        assertThat(killSwitch.thrown()).contains("the release manager");
        killSwitch.release();
        assertThat(killSwitch.thrown()).isEmpty();
    }
}
