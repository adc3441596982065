package io.staunch.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staunch.remedy.Budget;
import io.staunch.remedy.Command;
import io.staunch.remedy.Mode;
import io.staunch.server.response.Charge;
import io.staunch.server.response.Charge.Driver;
import io.staunch.server.response.Charges.Pace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemedyReaderTest {
    @TempDir
    Path home;

    @BeforeEach
    void releases() throws Exception {
        Files.createDirectory(home.resolve("releases"));
    }

    @Test
    void aServiceThatNobodySaidAnythingOfIsOnlyObserved() throws Exception {
        assertThat(read("services: [{name: a, process: x}]").of("a")).isEqualTo(Charge.LOOK);
        assertThat(Configuration.USUAL.of("any.jar")).isEqualTo(Charge.LOOK);
    }

    @Test
    void releaseDirectoriesAreADriver() throws Exception {
        Charge charge = read("""
                services:
                  - name: shop
                    process: x
                    mode: auto
                    driver:
                      directories: %s
                      restart: systemctl restart {service}
                      deploy: [/opt/deploy, 'two words', '{release}']
                    attested-good: [2.3.0, 2.3.1]
                    changes: /srv/events.jsonl
                """.formatted(home)).of("shop");
        assertThat(charge.mode()).isEqualTo(Mode.AUTO);
        assertThat(charge.attestedGood()).containsExactlyInAnyOrder("2.3.0", "2.3.1");
        assertThat(charge.changes()).contains(Path.of("/srv/events.jsonl"));
        assertThat(charge.driver())
                .contains(new Driver.Directories(
                        home,
                        Optional.of(Command.of("/opt/deploy", "two words", "{release}")),
                        Command.of("systemctl", "restart", "{service}")));
    }

    @Test
    void theTimesOfIncidentsAndTheBudgetAreObeyed() throws Exception {
        assertThat(read("incidents: {after: 90s, effect: 10m, budget: {acts: 2}}")
                        .pace())
                .isEqualTo(new Pace(
                        Duration.ofSeconds(90),
                        Pace.USUAL.settling(),
                        Duration.ofMinutes(10),
                        Pace.USUAL.goneAfter(),
                        new Budget(2, Duration.ofHours(1))));
    }

    @Test
    void whatActsNeedsADriver() {
        wrong(
                "services:\n  - name: a\n    process: x\n    mode: approve",
                "f:4: services[0].mode: expected a driver for a mode that acts, found none");
    }

    @Test
    void eachErrorNamesFileLineAndWhatWasExpected() {
        wrong(
                "services: [{name: a, process: x, mode: automatic}]",
                "f:1: services[0].mode: expected observe, " + "recommend, approve or auto, found 'automatic'");
        wrong(
                "services: [{name: a, process: x, driver: {restart: x}}]",
                "f:1: services[0].driver.directories: " + "expected either directories or a program, found none");
        wrong(
                "services: [{name: a, process: x, driver: {directries: x}}]",
                "f:1: services[0].driver: unknown key " + "'directries'; the nearest valid one is 'directories'");
        wrong(
                "services: [{name: a, process: x, driver: {directories: %s}}]".formatted(home),
                "f:1: " + "services[0].driver.restart: expected the command that starts the service anew");
        wrong(
                "incidents: {budget: {acts: -1}}",
                "f:1: incidents.budget.acts: expected a whole number from 0 to 1000, " + "found '-1'");
    }

    private static void wrong(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ConfigurationWrong.class)
                .hasMessage(message);
    }

    private static Configuration read(String text) throws ConfigurationWrong {
        return ConfigurationReader.read("f", text);
    }
}
