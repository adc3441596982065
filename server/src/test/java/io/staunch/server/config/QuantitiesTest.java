package io.staunch.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({"512MiB,536870912", "1.5 GiB,1610612736", "2GB,2000000000", "4kB,4000", "77,77", "3B,3"})
    void sizesAreReadAsPeopleWriteThem(String text, long bytes) {
        assertThat(Quantities.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"15s,PT15S", "1h30m,PT1H30M", "7d,P7D", "PT90S,PT1M30S", "250ms,PT0.25S"})
    void durationsAreReadAsPeopleWriteThem(String text, Duration duration) {
        assertThat(Quantities.duration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "-1MiB", "12 mib", "1e9"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> Quantities.bytes(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a size");
    }
}
