package io.staunch.verify.daemon;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Starts `staunch watch` and a JVM for it to watch, opens so many connections for live events at once, with slow and
/// greedy callers beside them, and prints what each got, and whether the watch went on meanwhile. Exit code 0 if every
/// listener got an answer and no reading came late.
@Command(
        name = "http-abuse",
        mixinStandardHelpOptions = true,
        description = "10,000 listeners at once and slow, huge and wrong requests; does the daemon keep watching?")
final class AbuseRun implements Callable<Integer> {
    private static final Duration MOST_BETWEEN_READINGS = Duration.ofSeconds(25);
    /// A slow caller has 15 s for its head and 30 s for its body, and may have come late.
    private static final Duration LONGEST_SLOW = Duration.ofSeconds(70);

    @Option(names = "--listeners", description = "at once (default: ${DEFAULT-VALUE})")
    private int listeners = 10_000;

    @Option(names = "--clients", description = "addresses that they come from (default: ${DEFAULT-VALUE})")
    private int clients = 250;

    @Option(names = "--slow", description = "callers that never end a request (default: ${DEFAULT-VALUE})")
    private int slow = 300;

    private AbuseRun() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new AbuseRun()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Daemon daemon = Daemon.start();
                Crowd crowd = new Crowd(daemon.address())) {
            daemon.awaitTarget();
            Instant begin = Instant.now();
            long residentBefore = daemon.residentBytes();
            crowd.slow(slow);
            Map<String, Integer> answers = crowd.listen(listeners, clients);
            Thread.sleep(LONGEST_SLOW);
            long resident = daemon.residentBytes();
            Duration gap = daemon.longestGapSince(begin);
            long unfinished = crowd.stillOpen();
            System.out.println("listeners at once: " + listeners + " from " + clients + " addresses");
            new TreeMap<>(answers)
                    .forEach((status, count) -> System.out.println("  answered " + status + ": " + count));
            System.out.println("slow callers: " + slow + ", not cut off after "
                    + Duration.between(begin, Instant.now()).toSeconds() + " s: " + unfinished);
            System.out.println("longest time between two readings of the target meanwhile: " + gap.toMillis() + " ms");
            System.out.printf(
                    "daemon: %,d KiB resident before, %,d KiB with them%n", residentBefore >> 10, resident >> 10);
            boolean good =
                    answers.getOrDefault("none", 0) == 0 && unfinished == 0 && gap.compareTo(MOST_BETWEEN_READINGS) < 0;
            return good ? 0 : 1;
        }
    }
}
