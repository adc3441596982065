package io.staunch.verify.daemon;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// `./staunch watch` as its user starts it, with a state directory of its own, and a small JVM for it to watch. Both
/// end
/// with it.
final class Daemon implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process subject;
    private final Process watch;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    private Daemon(Process subject, Process watch, URI address) {
        this.subject = subject;
        this.watch = watch;
        this.address = address;
    }

    static Daemon start() throws IOException {
        Path state = Files.createTempDirectory("staunch-daemon");
        Process subject = java("-Xmx64m", Idle.class.getName()).start();
        ProcessBuilder command =
                new ProcessBuilder(Launcher.FILE.toAbsolutePath().toString(), "watch", "--port", "0");
        command.environment().put("STAUNCH_STATE", state.toString());
        Process watch = command.start();
        Runtime.getRuntime().addShutdownHook(new Thread(watch::destroyForcibly, "watch-end"));
        Runtime.getRuntime().addShutdownHook(new Thread(subject::destroyForcibly, "subject-end"));
        drain(watch.inputReader());
        BufferedReader said = watch.errorReader();
        String line = said.readLine();
        while (line != null && !line.contains("http://")) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IOException("expected `staunch watch` to say where it serves, found that it ended");
        }
        drain(said);
        return new Daemon(subject, watch, URI.create(line.replaceFirst(".*(http://\\S+).*", "$1")));
    }

    private static void drain(BufferedReader lines) {
        Thread.ofVirtual().start(() -> {
            try {
                while (lines.readLine() != null) {
                    // Nobody asks for it, but it must go somewhere.
                }
            } catch (IOException e) {
                // It has ended.
            }
        });
    }

    private static ProcessBuilder java(String... arguments) {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"));
        command.command().addAll(List.of(arguments));
        return command;
    }

    URI address() {
        return address;
    }

    /// Until the subject has a reading.
    void awaitTarget() throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (times().size() < 2) {
            if (Instant.now().isAfter(deadline)) {
                throw new IOException("expected the daemon to watch process " + subject.pid() + ", found it does not");
            }
            Thread.sleep(1_000);
        }
    }

    /// Between two readings of the subject that came in since, or since the last one.
    Duration longestGapSince(Instant begin) throws IOException, InterruptedException {
        double longest = 0;
        double before = begin.toEpochMilli() / 1e3;
        for (double at : times()) {
            if (at > before) {
                longest = Math.max(longest, at - before);
                before = at;
            }
        }
        longest = Math.max(longest, System.currentTimeMillis() / 1e3 - before);
        return Duration.ofMillis((long) (longest * 1e3));
    }

    /// What is known of a process in brief; a missing node while nothing is.
    JsonNode target(long pid) throws IOException, InterruptedException {
        for (JsonNode target : get("api/v1/targets").get("targets")) {
            if (target.path("pid").asLong(0) == pid) {
                return target;
            }
        }
        return MissingNode.getInstance();
    }

    /// Of the subject's readings of its threads, in seconds since 1970.
    private List<Double> times() throws IOException, InterruptedException {
        JsonNode target = target(subject.pid());
        if (target.isMissingNode()) {
            return List.of();
        }
        for (JsonNode series :
                get("api/v1/targets/" + target.get("id").asString()).path("history")) {
            if (series.path("series").asString("").equals("threads")) {
                return series.get("points")
                        .valueStream()
                        .map(point -> point.get(0).asDouble())
                        .toList();
            }
        }
        return List.of();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).build();
        return new JsonMapper()
                .readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    long residentBytes() throws IOException {
        return Resident.of(watch.pid());
    }

    @Override
    public void close() {
        client.shutdownNow();
        subject.destroyForcibly();
        watch.destroy();
        try {
            if (!watch.waitFor(40, TimeUnit.SECONDS)) {
                watch.destroyForcibly();
            }
        } catch (InterruptedException e) {
            watch.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
