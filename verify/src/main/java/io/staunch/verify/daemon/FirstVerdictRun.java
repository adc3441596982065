package io.staunch.verify.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// Starts `./staunch watch`, then JVMs for it to find, one that leaks and one that does not in turn, and prints how
/// long it takes until each has a verdict other than "not known yet", until the leak is called, and what was said
/// meanwhile. Exit code 0 if each had its verdict within 30 s of watching, the leak was called, and nothing else was.
@Command(
        name = "first-verdict",
        mixinStandardHelpOptions = true,
        description = "how long the watch looks at a JVM that has just started until it says what it is")
final class FirstVerdictRun implements Callable<Integer> {
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final String NOT_KNOWN = "unknown";

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
            System.out.println("subject | first verdict, on | seconds after its start | seconds of watching"
                    + " | leak called after | what was said, by seconds of watching");
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
            Course course = new Course(daemon, subject.pid(), start);
            boolean leaks = kind.equals("leak");
            course.until(leaks ? "leaking" : "steady", start.plusSeconds(patience));
            Said first = course.first();
            System.out.printf(
                    "%s | %s, %s | %.1f | %d | %s | %s%n",
                    kind,
                    first.kind(),
                    first.series(),
                    first.afterStart().toMillis() / 1e3,
                    first.watchedSeconds(),
                    course.leak().map(said -> said.watchedSeconds() + " s").orElse("–"),
                    course);
            return first.isVerdict()
                    && first.watchedSeconds() < MOST.toSeconds()
                    && course.leak().isPresent() == leaks;
        } finally {
            subject.destroyForcibly().waitFor();
        }
    }

    /// What was said of a subject, and when.
    private record Said(String kind, String series, Duration afterStart, long watchedSeconds) {
        boolean isVerdict() {
            return !kind.equals(NOT_KNOWN);
        }
    }

    /// What is said of one subject, from its start on. Not thread-safe.
    private static final class Course {
        private final Daemon daemon;
        private final long pid;
        private final Instant start;
        private final List<Said> said = new ArrayList<>();

        Course(Daemon daemon, long pid, Instant start) {
            this.daemon = daemon;
            this.pid = pid;
            this.start = start;
        }

        void until(String kind, Instant end) throws IOException, InterruptedException {
            while (Instant.now().isBefore(end)
                    && (said.isEmpty() || !said.getLast().kind.equals(kind))) {
                Thread.sleep(250);
                look();
            }
        }

        private void look() throws IOException, InterruptedException {
            JsonNode target = daemon.target(pid);
            JsonNode verdict = target.path("verdict");
            Said now = new Said(
                    verdict.path("kind").asString(NOT_KNOWN),
                    verdict.path("series").asString("nothing"),
                    Duration.between(start, Instant.now()),
                    target.path("watchedSeconds").asLong(0));
            if (said.isEmpty() || !said.getLast().kind.equals(now.kind)) {
                said.add(now);
            }
        }

        /// The first verdict; the last word if there was none.
        Said first() {
            return said.stream().filter(Said::isVerdict).findFirst().orElseGet(said::getLast);
        }

        Optional<Said> leak() {
            return said.stream().filter(one -> one.kind.equals("leaking")).findFirst();
        }

        @Override
        public String toString() {
            return said.stream()
                    .map(one -> one.kind + " (" + one.series + ") " + one.watchedSeconds)
                    .collect(Collectors.joining(", "));
        }
    }
}
