package io.staunch.verify.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Starts `./staunch watch`, then JVMs for it to find, and prints how long it takes until each has a verdict other than
/// "not known yet". Exit code 0 if each had one within 30 s of watching.
@Command(
        name = "first-verdict",
        mixinStandardHelpOptions = true,
        description = "how long the watch looks at a JVM that has just started until it says what it is")
final class FirstVerdictRun implements Callable<Integer> {
    private static final Duration MOST = Duration.ofSeconds(30);

    @Option(names = "--rounds", description = "(default: ${DEFAULT-VALUE})")
    private int rounds = 3;

    @Option(names = "--patience", description = "seconds, of each (default: ${DEFAULT-VALUE})")
    private int patience = 120;

    private FirstVerdictRun() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new FirstVerdictRun()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean good = true;
        try (Daemon daemon = Daemon.start()) {
            daemon.awaitTarget();
            System.out.println("subject | verdict | seconds after its start | seconds of watching");
            for (int round = 0; round < rounds; round++) {
                for (String kind : List.of("leak", "steady")) {
                    good &= look(daemon, kind);
                }
            }
        }
        return good ? 0 : 1;
    }

    private boolean look(Daemon daemon, String kind) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Filling.class.getName(),
                kind));
        Process subject = new ProcessBuilder(command).start();
        Instant start = Instant.now();
        try {
            JsonNode target = daemon.target(subject.pid());
            while (!isJudged(target) && Instant.now().isBefore(start.plusSeconds(patience))) {
                Thread.sleep(250);
                target = daemon.target(subject.pid());
            }
            long watched = target.path("watchedSeconds").asLong(0);
            System.out.printf(
                    "%s | %s | %.1f | %d%n",
                    kind,
                    target.path("verdict").path("kind").asString("none"),
                    Duration.between(start, Instant.now()).toMillis() / 1e3,
                    watched);
            return isJudged(target) && watched < MOST.toSeconds();
        } finally {
            subject.destroyForcibly().waitFor();
        }
    }

    private static boolean isJudged(JsonNode target) {
        return !target.path("verdict").path("kind").asString("unknown").equals("unknown");
    }
}
