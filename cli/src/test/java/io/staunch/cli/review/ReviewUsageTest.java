package io.staunch.cli.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.cli.ExitCode;
import io.staunch.cli.Said;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewUsageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "review                             | expected a jar, a folder of classes, a class path or a pom.xml, found none",
                "review no-such.jar                 | no-such.jar: expected a jar, a pom.xml or a folder, found nothing there",
                "review target/classes:no-such.jar  | no-such.jar: expected a jar, a pom.xml or a folder, found nothing there",
                "review ../verify/run               | ../verify/run: expected a jar, found",
                "review x.jar --json --sarif y      | expected --json or --sarif, found both",
                "review pom.xml --sarif no/such/dir | no/such/dir: expected to be able to write it, found NoSuchFileException",
                "review x.jar --sarif               | --sarif",
                "review x.jar --colour              | --colour",
            })
    void wrongUsageAndUnreadableInputAreOneLineAndExitCodeTwo(String line, String expected) {
        Said said = Said.by(line.split(" +", -1));
        assertThat(said.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(said.err().lines().filter(error -> !error.contains("warning:")))
                .singleElement()
                .asString()
                .contains(expected);
        assertThat(said.out()).isEmpty();
    }
}
