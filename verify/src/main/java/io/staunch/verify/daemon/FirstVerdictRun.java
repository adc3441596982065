package io.staunch.verify.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Starts `./staunch watch`, then JVMs for it to find, and prints how long it takes until each has a verdict other than
/// "not known yet", and until a leak is called. Exit code 0 if a steady one had its verdict within 30 s of watching,
/// and
/// nothing else was said of one that leaks before it was called a leak.
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
            System.out.println(
                    "subject | first verdict, on | seconds after its start | seconds of watching | leak called after");
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
            JsonNode first = await(daemon, subject, start, verdict -> !verdict.equals("unknown"));
            Duration judged = Duration.between(start, Instant.now());
            boolean leaks = kind.equals("leak");
            JsonNode called = leaks ? await(daemon, subject, start, verdict -> verdict.equals("leaking")) : first;
            System.out.printf(
                    "%s | %s, %s | %.1f | %d | %s%n",
                    kind,
                    kind(first),
                    first.path("verdict").path("series").asString("nothing"),
                    judged.toMillis() / 1e3,
                    first.path("watchedSeconds").asLong(0),
                    kind(called).equals("leaking")
                            ? called.path("watchedSeconds").asLong(0) + " s"
                            : "–");
            return leaks
                    ? kind(first).equals("leaking")
                    : !kind(first).equals("unknown")
                            && first.path("watchedSeconds").asLong(0) < MOST.toSeconds();
        } finally {
            subject.destroyForcibly().waitFor();
        }
    }

    /// What is known of the subject once its verdict is such a one, or when patience is over.
    private JsonNode await(Daemon daemon, Process subject, Instant start, Predicate<String> verdict)
            throws IOException, InterruptedException {
        JsonNode target = daemon.target(subject.pid());
        while (!verdict.test(kind(target)) && Instant.now().isBefore(start.plusSeconds(patience))) {
            Thread.sleep(250);
            target = daemon.target(subject.pid());
        }
        return target;
    }

    private static String kind(JsonNode target) {
        return target.path("verdict").path("kind").asString("unknown");
    }
}
