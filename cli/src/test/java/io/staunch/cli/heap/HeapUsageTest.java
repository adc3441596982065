package io.staunch.cli.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Said;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapUsageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "heap                              | expected a heap dump, found none",
                "heap no-such.hprof                | no-such.hprof: expected a file, found nothing there",
                "heap .                            | expected a heap dump, found a folder",
                "heap pom.xml                      | pom.xml at byte 0 (0x0): expected",
                "heap x.hprof --top -1             | expected --top from 0",
                "heap x.hprof --top many           | --top",
                "heap x.hprof --colour             | --colour",
                "heap diff one.hprof               | NEW",
                "heap diff one.hprof other.hprof   | one.hprof: expected a file, found nothing there",
                "heap redact one.hprof             | OUT",
                "heap redact one.hprof other.hprof | one.hprof: expected a file, found nothing there",
            })
    void wrongUsageAndUnreadableInputAreOneLineAndExitCodeTwo(String line, String expected) {
        Said said = Said.by(line.split(" +", -1));
        assertThat(said.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(said.err().lines()).singleElement().asString().contains(expected);
        assertThat(said.out()).isEmpty();
    }
}
