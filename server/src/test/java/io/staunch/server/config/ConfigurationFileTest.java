package io.staunch.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final BlockingQueue<Configuration> changes = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> warnings = new LinkedBlockingQueue<>();

    @TempDir
    private Path directory;

    @Test
    void aChangeIsTakenUpAndABadOneKeepsTheOldWithOneWarning() throws Exception {
        Path path = Files.writeString(directory.resolve("staunch.yaml"), "watch: {every: 5s}");
        try (ConfigurationFile file = ConfigurationFile.open(path)) {
            file.follow(LOOK_EVERY, changes::add, warnings::add);
            replace(path, "watch: {every: 20s}");
            Configuration changed = changes.poll(60, TimeUnit.SECONDS);
            assertThat(changed).isNotNull();
            assertThat(file.current().watching().readEvery()).isEqualTo(Duration.ofSeconds(20));

            replace(path, "watch: {evry: 30s}");
            assertThat(warnings.poll(60, TimeUnit.SECONDS))
                    .contains("unknown key 'evry'")
                    .endsWith("the configuration before it stays");
            assertThat(warnings.poll(20 * LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS))
                    .isNull();
            assertThat(file.current()).isSameAs(changed);

            Files.delete(path);
            assertThat(warnings.poll(60, TimeUnit.SECONDS)).contains("expected a file that can be read");
            replace(path, "watch: {every: 30s}");
            assertThat(changes.poll(60, TimeUnit.SECONDS)).isNotNull();
            assertThat(file.current().watching().readEvery()).isEqualTo(Duration.ofSeconds(30));
        }
    }

    /// At once, so that no look finds half of it.
    private void replace(Path path, String text) throws IOException {
        Path next = Files.writeString(directory.resolve("next"), text);
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ConfigurationFile.open(directory.resolve("none.yaml")))
                .isInstanceOf(ConfigurationWrong.class)
                .hasMessageContaining("none.yaml: expected a file that can be read");
    }
}
