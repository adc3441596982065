package io.staunch.server.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.incident.StateDirectory;
import io.staunch.remedy.AuditLine;
import io.staunch.remedy.AuditLog;
import io.staunch.server.Archive;
import io.staunch.server.ReleaseBook;
import io.staunch.server.Watch;
import io.staunch.server.WatchedTarget;
import io.staunch.server.config.Configuration;
import io.staunch.server.config.ConfigurationFile;
import io.staunch.server.response.Duty;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is agreed to in a real browser is done by the daemon's own parts: it watches a real process and goes on with
/// the incident of a drill, which its state directory has as open, in the mode `approve`, by a program of the
/// operator's. Needs Debian's `chromium`.
@Tag("slow")
class ActsPageNeedsChromiumTest {
    @TempDir
    Path directory;

    private StateDirectory state;
    private Process service;
    private Incident open;
    private Duty duty;
    private Watch watch;
    private WebServer web;
    private Chromium chromium;

    @BeforeEach
    void aDaemonThatGoesOnWithAnOpenIncident() throws Exception {
        Assumptions.assumeTrue(Chromium.installed().isPresent(), "needs Chromium: apt-get install chromium");
        state = new StateDirectory(directory.resolve("state"));
        service = service();
        Incident whole = Recordings.whole("sessions");
        Instant named = Recordings.named(whole);
        open = Recordings.later(Recordings.asOf(whole, named), Duration.between(whole.detected(), Instant.now()));
        new IncidentStore(state.incidents()).save(open);
        Files.createDirectories(state.onDuty());
        Files.createFile(state.onDuty().resolve(open.id()));
        Configuration configuration = ConfigurationFile.open(configuration()).current();
        ReleaseBook releases = new ReleaseBook();
        duty = Duty.open(configuration, configuration, state, releases, (at, of, sentence) -> {});
        watch = Watch.start(configuration, Archive.NONE, releases, duty);
        duty.begin(watch);
        web = WebServer.start(Interface.loopback(0, true), shown(), releases);
        chromium = Chromium.launch(Chromium.installed().orElseThrow());
    }

    @AfterEach
    void everythingEnds() throws Exception {
        if (chromium != null) {
            chromium.close();
            web.close();
            watch.close();
            duty.close();
            service.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatIsConfirmedIsDoneAndNothingElse() throws Exception {
        Page page = Chromium.go(chromium.open(false, false), web.address(), "#/i/" + open.id());
        assertThat(button(page, "Roll shop-api back")).isVisible();

        button(page, "Stop all acts").click();
        assertThat(page.locator("dialog")).containsText("for no service");
        assertThat(Chromium.barriers(page)).isEmpty();
        assertThat(duty.killSwitch().thrown()).isEmpty();
        button(page, "Yes, do it").click();
        assertThat(page.locator("#notice")).containsText("All acts are stopped.");
        assertThat(page.locator(".panel.acts .refused")).containsText("All acts are switched off, by API.");
        assertThat(button(page, "Roll shop-api back")).hasCount(0);
        assertThat(duty.killSwitch().thrown()).hasValue("API");
        button(page, "Let acts go on").click();
        button(page, "Yes, do it").click();

        button(page, "Roll shop-api back").click();
        assertThat(page.locator("dialog")).containsText("Roll shop-api back from release 2.4.0 to 2.3.1.");
        assertThat(button(page, "No, leave it")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog")).not().isVisible();
        assertThat(directory.resolve("acts")).doesNotExist();

        button(page, "Roll shop-api back").click();
        button(page, "Yes, do it").click();
        assertThat(page.locator("#notice")).containsText("Agreed: roll shop-api back");
        assertThat(page.locator(".panel.acts .tried strong")).hasText("Roll shop-api back from release 2.4.0 to 2.3.1");
        assertThat(page.locator(".panel.acts .tried li")).containsText("agreed by API. It was in place after");
        assertThat(button(page, "Roll shop-api back")).hasCount(0);
        assertThat(directory.resolve("acts")).hasContent("rollback shop-api 2.3.1");
        assertThat(audit()).containsExactly("API kill-switch", "API kill-switch", "API intends", "API done");
        assertThat(chromium.complaints()).isEmpty();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /// Who did what, by the log with its chain of hashes intact.
    private List<String> audit() throws Exception {
        try (AuditLog log = AuditLog.open(state.auditLog(), InstantSource.system())) {
            return log.lines().stream()
                    .map((AuditLine line) -> line.who() + " " + line.what())
                    .toList();
        }
    }

    private Process service() throws Exception {
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        Path.of("target", "test-classes") + ":" + directory,
                        "io.staunch.server.Subject",
                        "steady")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(started.inputReader().readLine()).isEqualTo("ready");
        return started;
    }

    private Path configuration() throws Exception {
        Path program = Files.writeString(directory.resolve("platform.sh"), """
            #!/bin/sh
            # The operator's program: list, current, rollback, deploy, restart.
            cd %s
            [ -f current ] || echo 2.4.0 > current
            current=$(cat current)
            case "$1" in
              list)
                for release in 2.3.1 2.4.0; do
                  since=2026-03-01T10:00:00Z
                  [ $release != $current ] || since=2026-03-02T10:00:00Z
                  echo "{\\"version\\": \\"$release\\", \\"since\\": \\"$since\\"}"
                done ;;
              current) echo $current ;;
              *) echo "$*" >> acts; echo "$3" > current ;;
            esac
            """.formatted(directory));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return Files.writeString(directory.resolve("staunch.yaml"), """
            watch: {every: 1s, only-services: yes}
            services:
              - name: shop-api
                process: '%s'
                mode: approve
                driver: {program: %s}
                attested-good: ['2.3.1']
            """.formatted(directory, program));
    }

    private Shown shown() {
        return new Shown() {
            @Override
            public List<WatchedTarget> targets() {
                return watch.targets();
            }

            @Override
            public Optional<IncidentStore> incidents() {
                return Optional.of(new IncidentStore(state.incidents()));
            }

            @Override
            public Optional<Duty> duty() {
                return Optional.of(duty);
            }
        };
    }
}
