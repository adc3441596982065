package io.staunch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WordingTest {
    @Test
    void bytesAreInMebibytesAndCountsAreCounts() {
        Wording bytes = new Wording(Optional.of(Unit.BYTES));
        assertThat(bytes.amount(2.6 * 1048576)).isEqualTo("2.6 MiB");
        assertThat(bytes.rate(1048576)).isEqualTo("60 MiB a minute");
        assertThat(bytes.amount(-3.5 * 1073741824)).isEqualTo("-3.5 GiB");
        Wording counts = new Wording(Optional.of(Unit.COUNT));
        assertThat(counts.amount(12_345)).isEqualTo("12,345");
        assertThat(counts.rate(10 / 3600.0)).isEqualTo("10 an hour");
    }

    @Test
    void aRecordingWithoutAUnitHasPlainNumbers() {
        Wording plain = new Wording(Optional.empty());
        assertThat(plain.amount(9.874)).isEqualTo("9.87");
        assertThat(plain.amount(12_345)).isEqualTo("12,345");
    }
}
