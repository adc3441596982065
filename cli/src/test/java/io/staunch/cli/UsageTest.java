package io.staunch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

class UsageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check                        | specify one of these",
                "check --pid 1 --redis redis://a:1 | mutually exclusive",
                "check --redis nonsense       | --redis: expected redis://HOST:PORT",
                "check --jmx nonsense         | --jmx: expected HOST:PORT, found 'nonsense'",
                "check --prometheus http://a  | --service",
                "check --prometheus x --service y | --prometheus: expected http://HOST:PORT",
                "check --pid 0                | pid 0: expected a running JVM, found",
                "check --pid 4194305          | pid 4194305: expected a running JVM, found",
                "check --pid x                | --pid",
                "check --pid 1 --for nonsense | expected a duration",
                "soak --load x --for 10s      | --candidate",
                "soak --candidate x --for 10s | --load",
                "soak --candidate x --load y  | --for",
                "soak --candidate x --load y --for nonsense | expected a duration",
                "soak --candidate x --load y --for 10s --ready soon | expected a URL (http://…) or a duration",
                "soak --candidate x --load y --for 10s --ready http://:x/ | expected a URL such as",
                "soak --candidate x --load y --for 10s --report /no/such/folder/page.html | --report: expected a file",
                "rollback shop                | --exec",
                "rollback shop --exec a --in b --restart c | mutually exclusive",
                "no-such-verb                 | no-such-verb",
            })
    void wrongUsageIsOneLineAndExitCodeTwo(String line, String said) {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        int code;
        try {
            String[] typed = line.split(" ", -1);
            code = Main.commandLine(typed).execute(typed);
        } finally {
            System.setErr(before);
        }
        assertThat(code).isEqualTo(ExitCode.UNREADABLE);
        assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains(said);
    }

    @Test
    void theValueOfEveryOptionOfEveryVerbIsOfATypeThatCanBeRead() {
        for (CommandLine verb : Main.commandLine().getSubcommands().values()) {
            for (OptionSpec option : verb.getCommandSpec().options()) {
                if (option.arity().max() > 0) {
                    assertThat(complaint(verb.getCommandName(), option.longestName(), "7"))
                            .doesNotContain("No TypeConverter");
                }
            }
        }
    }

    @Test
    void aVerbIsKnownByTheSameNameAloneAndAmongAll() {
        assertThat(Main.commandLine("--help").getSubcommands().keySet())
                .containsExactly(Stream.of(Verb.values()).map(Verb::typed).toArray(String[]::new));
        for (Verb verb : Verb.values()) {
            assertThat(Main.commandLine(verb.typed(), "--help").getSubcommands().keySet())
                    .containsExactly(verb.typed());
        }
    }

    private static String complaint(String... line) {
        try {
            Main.commandLine(line).parseArgs(line);
            return "";
        } catch (ParameterException wrong) {
            return String.valueOf(wrong.getMessage());
        }
    }
}
