package io.staunch.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
    private final BlockingQueue<Configuration> changes = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> warnings = new LinkedBlockingQueue<>();

    @TempDir
    private Path directory;

    @Test
    void aChangeIsTakenUpAndABadOneKeepsTheOldWithOneWarning() throws Exception {
        Path path = Files.writeString(directory.resolve("staunch.yaml"), "watch: {every: 5s}");
        try (ConfigurationFile file = ConfigurationFile.open(path)) {
            file.follow(changes::add, warnings::add);
            Files.writeString(path, "watch: {every: 20s}");
            Configuration changed = changes.poll(10, TimeUnit.SECONDS);
            assertThat(changed).isNotNull();
            assertThat(file.current().watching().readEvery()).isEqualTo(Duration.ofSeconds(20));

            Files.writeString(path, "watch: {evry: 30s}");
            assertThat(warnings.poll(10, TimeUnit.SECONDS))
                    .contains("unknown key 'evry'")
                    .endsWith("the configuration before it stays");
            assertThat(warnings.poll(5, TimeUnit.SECONDS)).isNull();
            assertThat(file.current()).isSameAs(changed);

            Files.delete(path);
            assertThat(warnings.poll(10, TimeUnit.SECONDS)).contains("expected a file that can be read");
            Files.writeString(path, "watch: {every: 30s}");
            assertThat(changes.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(file.current().watching().readEvery()).isEqualTo(Duration.ofSeconds(30));
        }
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ConfigurationFile.open(directory.resolve("none.yaml")))
                .isInstanceOf(ConfigurationWrong.class)
                .hasMessageContaining("none.yaml: expected a file that can be read");
    }
}
