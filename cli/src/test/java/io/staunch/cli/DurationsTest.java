package io.staunch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"90s, PT90S", "10m, PT10M", "6h, PT6H", "1h30m, PT90M", "PT1M30S, PT90S", "2d, PT48H", "500ms, PT0.5S"})
    void isReadAsPeopleAndMachinesWriteIt(String text, String iso) {
        assertThat(new Durations().convert(text)).isEqualTo(Duration.parse(iso));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "s", "5x", "-5s", "0s", "PT0S", "PT-5S", "1e3s", "400d", "999999999d", "90 s"})
    void anythingElseIsRefusedWithWhatWasExpected(String text) {
        assertThatThrownBy(() -> new Durations().convert(text))
                .hasMessageContaining("expected a duration such as 90s, 10m, 6h or PT90S, found '" + text + "'");
    }
}
