package io.staunch.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.cli.Main;
import io.staunch.diagnose.Accumulation;
import io.staunch.diagnose.Culprit;
import io.staunch.incident.Attempt;
import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.remedy.AuditLine;
import io.staunch.remedy.AuditLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The real daemon in a process of its own, over a service in release directories whose second release leaks. Both
/// tests wait most of the time, so they do it together.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
final class WatchRespondsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(12);
    private static final Pattern ADDRESS = Pattern.compile("http://localhost:(\\d+)/");

    @TempDir
    Path directory;

    private Path home = Path.of("");
    private final List<Process> daemons = new ArrayList<>();

    @BeforeEach
    void aServiceWhoseSecondReleaseLeaks() throws Exception {
        home = directory.resolve("shop");
        for (String release : List.of("1.0.0", "2.0.0")) {
            Path classes = home.resolve("releases/" + release + "/classes/io/staunch/cli/watch");
            Files.createDirectories(classes);
            for (String file : List.of("Shop.class", "Shop$Cart.class")) {
                Files.copy(Path.of("target/test-classes/io/staunch/cli/watch", file), classes.resolve(file));
            }
        }
        Files.writeString(home.resolve("releases/1.0.0/kind"), "steady");
        Files.writeString(home.resolve("releases/2.0.0/kind"), "leak");
        Files.createSymbolicLink(home.resolve("current"), Path.of("releases", "2.0.0"));
        Instant now = Instant.now();
        Files.writeString(
                directory.resolve("events.jsonl"),
                event(now.minusSeconds(7_200), "1.0.0") + event(now.minusSeconds(2), "2.0.0"));
        script("restart.sh", """
                #!/bin/sh
                # restart.sh: ends the process and starts the release in place
                cd %s
                echo run >> restarts
                [ ! -f hold ] || { echo $$ > held; exec sleep 120; }
                [ ! -f pid ] || kill $(cat pid) 2>/dev/null
                release=$(readlink -f shop/current)
                nohup %s -Xmx128m -Xmn8m -XX:+UseSerialGC -cp $release/classes io.staunch.cli.watch.Shop $(cat $release/kind) \\
                  > /dev/null 2>&1 &
                echo $! > pid
                """.formatted(directory, java()));
        assertThat(new ProcessBuilder(directory.resolve("restart.sh").toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    @AfterEach
    void everythingEnds() throws Exception {
        for (Process daemon : daemons) {
            daemon.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        for (String file : List.of("pid", "held")) {
            if (Files.exists(directory.resolve(file))) {
                ProcessHandle.of(Long.parseLong(
                                Files.readString(directory.resolve(file)).strip()))
                        .ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    @Test
    void itRollsBackWhatLeaksGoesOnAfterAKillInTheMiddleAndClosesTheIncident() throws Exception {
        Files.createFile(directory.resolve("hold"));
        Process first = watch("auto");
        await(() -> Files.exists(directory.resolve("held")));
        first.destroyForcibly().waitFor();
        kill(directory.resolve("held"));
        Files.delete(directory.resolve("hold"));
        assertThat(only().status()).isEqualTo(Incident.Status.OPEN);
        assertThat(acts()).containsExactly("intends");

        watch("auto");
        await(() -> only().status() != Incident.Status.OPEN);

        Incident incident = only();
        assertThat(incident.status()).isEqualTo(Incident.Status.RECOVERED);
        assertThat(incident.culprit().flatMap(Culprit::lead).map(Accumulation::type))
                .hasValueSatisfying(type -> assertThat(type).contains("Shop$Cart"));
        assertThat(incident.brokenBy())
                .hasValueSatisfying(release -> assertThat(release.version()).isEqualTo("2.0.0"));
        assertThat(incident.attempts()).extracting(Attempt::act).containsExactly("rollback", "restart");
        assertThat(home.resolve("current").toRealPath().getFileName()).hasToString("1.0.0");
        assertThat(acts()).containsExactly("intends", "done", "intends", "done", "effect");
        assertThat(directory.resolve("state/postmortems/" + incident.id() + ".md"))
                .content()
                .contains("1.0.0", "Shop$Cart");
        assertThat(directory.resolve("state/on-duty")).isEmptyDirectory();
    }

    @Test
    void aPersonAgreesByCallToTheRollbackThatIsOffered() throws Exception {
        Process daemon = watch("approve");
        URI api = address(daemon);
        try (HttpClient client = HttpClient.newHttpClient()) {
            await(() -> !get(client, api.resolve("api/v1/acts")).path("acts").isEmpty());
            JsonNode offers = get(client, api.resolve("api/v1/acts")).path("acts");
            JsonNode offer = offers.get(0);
            assertThat(offer.path("act").asString("")).isEqualTo("rollback");
            assertThat(offer.path("to").asString("")).isEqualTo("1.0.0");
            URI acts = api.resolve("api/v1/incidents/" + offer.path("incident").asString("") + "/acts");
            assertThat(post(client, acts, "{\"act\": \"upgrade\"}").statusCode())
                    .isEqualTo(409);
            assertThat(post(client, acts, "{\"act\": \"rollback\", \"to\": \"1.0.0\"}")
                            .statusCode())
                    .isEqualTo(202);
        }
        await(() -> only().status() != Incident.Status.OPEN);
        assertThat(only().status()).isEqualTo(Incident.Status.RECOVERED);
        assertThat(only().attempts()).extracting(Attempt::agreedBy).containsExactly("API");
        assertThat(acts()).containsExactly("intends", "done", "effect");
    }

    private static String event(Instant at, String release) {
        return "{\"time\": \"" + at + "\", \"kind\": \"deploy\", \"service\": \"shop\", \"release\": \"" + release
                + "\"}\n";
    }

    private static String java() {
        return ProcessHandle.current().info().command().orElseThrow();
    }

    private void script(String name, String text) throws IOException {
        Path script = directory.resolve(name);
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private Process watch(String mode) throws IOException {
        Path configuration = directory.resolve("staunch.yaml");
        Files.writeString(configuration, """
                watch: {every: 1s, pauses: 5%%, only-services: yes}
                incidents: {after: 5s, settling: 20s, effect: 30s}
                services:
                  - name: shop
                    process: '%s/releases/'
                    mode: %s
                    driver:
                      directories: %s
                      restart: [%s]
                    attested-good: ['1.0.0']
                    changes: %s
                """.formatted(
                        home, mode, home, directory.resolve("restart.sh"), directory.resolve("events.jsonl")));
        ProcessBuilder command = new ProcessBuilder(List.of(
                java(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "watch",
                "--port",
                "0",
                "--config",
                configuration.toString()));
        command.environment().put("STAUNCH_STATE", directory.resolve("state").toString());
        Process daemon = command.redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("said").toFile()))
                .redirectError(
                        ProcessBuilder.Redirect.to(directory.resolve("errors").toFile()))
                .start();
        daemons.add(daemon);
        return daemon;
    }

    private URI address(Process daemon) throws Exception {
        Path errors = directory.resolve("errors");
        await(() ->
                !daemon.isAlive() || ADDRESS.matcher(Files.readString(errors)).find());
        Matcher found = ADDRESS.matcher(Files.readString(errors));
        assertThat(found.find()).as(Files.readString(errors)).isTrue();
        return URI.create(found.group());
    }

    private static JsonNode get(HttpClient client, URI from) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(from).build(), BodyHandlers.ofString());
        return new JsonMapper().readTree(answer.body());
    }

    private static HttpResponse<String> post(HttpClient client, URI to, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(to)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static void kill(Path pid) throws IOException {
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
    }

    private Incident only() throws IOException {
        List<Incident> all = new IncidentStore(directory.resolve("state/incidents")).all();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    /// What the audit log says, its chain of hashes intact.
    private List<String> acts() throws IOException {
        try (AuditLog audit = AuditLog.open(directory.resolve("state/audit.jsonl"), InstantSource.system())) {
            return audit.lines().stream().map(AuditLine::what).toList();
        }
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private void await(Condition condition) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.holds()) {
            assertThat(Instant.now()).as(this::said).isBefore(end);
            Thread.sleep(500);
        }
    }

    private String said() {
        try {
            return Files.readString(directory.resolve("said"), StandardCharsets.UTF_8)
                    + Files.readString(directory.resolve("errors"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return Optional.ofNullable(e.getMessage()).orElse("nothing");
        }
    }
}
