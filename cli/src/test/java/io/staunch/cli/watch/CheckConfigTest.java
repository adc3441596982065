package io.staunch.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckConfigTest {
    @TempDir
    private Path directory;

    @Test
    void aGoodFileIsCalledGood() throws Exception {
        Path file = Files.writeString(directory.resolve("s.yaml"), "services: [{name: shop, process: shop}]\n");
        Said said = Said.by("watch", "--config", file.toString(), "--check-config");
        assertThat(said.exitCode()).isEqualTo(ExitCode.NO_LEAK);
        assertThat(said.out()).isEqualTo(file + ": good; services: 1\n");
    }

    @Test
    void aBadOneIsOneLineWithItsPlaceAndExitCodeTwo() throws Exception {
        Path file = Files.writeString(directory.resolve("s.yaml"), "watch:\n  evry: 5s\n");
        Said said = Said.by("watch", "--config", file.toString(), "--check-config");
        assertThat(said.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(said.err())
                .isEqualTo("staunch: " + file + ":2: watch: unknown key 'evry'; the nearest valid one is 'every'\n");
    }

    @Test
    void withoutAFileThereIsNothingToCheck() {
        assertThat(Said.by("watch", "--check-config").exitCode()).isEqualTo(ExitCode.UNREADABLE);
    }
}
