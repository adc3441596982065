package io.staunch.verify.daemon;

import io.staunch.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Lets the daemon watch many replayed services at many times real speed, lets `staunch check --pid` watch the daemon
/// meanwhile, and prints its resident memory over time, how long the overview took, and what the check said. Exit code
/// 0 if the check saw no leak, memory stayed under 300 MiB and the overview was served within 200 ms at the median.
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = "200 targets replayed at many times real speed: is the daemon's own memory flat?")
final class SoakRun implements Callable<Integer> {
    private static final long MOST_BYTES = 300L << 20;
    private static final long MOST_MILLIS = 200;

    @Option(names = "--targets", description = "(default: ${DEFAULT-VALUE})")
    private int targets = 200;

    @Option(names = "--speed", description = "times real speed (default: ${DEFAULT-VALUE})")
    private double speed = 50;

    @Option(names = "--hours", description = "of the recording (default: ${DEFAULT-VALUE}, a week)")
    private int hours = 168;

    @Option(
            names = "--every",
            description = "seconds of the recording between two readings of a target (default: ${DEFAULT-VALUE})")
    private int every = 15;

    @Option(
            names = "--check-after",
            description = "minutes until the check begins: the warm-up (default: ${DEFAULT-VALUE})")
    private int checkAfter = 2;

    @Option(names = "--check-for", description = "how long the check watches (default: ${DEFAULT-VALUE})")
    private String checkFor = "3m";

    @Option(
            names = "--jvm",
            description = "options of the daemon's JVM (default: those that ./staunch gives it)",
            split = " ")
    private List<String> jvm = List.of();

    @Option(
            names = "--loads",
            description = "of the page in Chromium, before the check and after the replay (default: ${DEFAULT-VALUE})")
    private int loads = 10;

    @Option(names = "--chromium", description = "(default: ${DEFAULT-VALUE})")
    private Path chromium = Path.of("/usr/bin/chromium");

    private SoakRun() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new SoakRun()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path store = Files.createTempDirectory("staunch-soak").resolve("staunch.db");
        List<String> command = new ArrayList<>(jvm.isEmpty() ? Launcher.daemonOptions() : jvm);
        command.addAll(List.of(
                SoakDaemon.class.getName(),
                Integer.toString(targets),
                Double.toString(speed),
                Integer.toString(every),
                Integer.toString(hours),
                store.toString()));
        ProcessBuilder start = java(command.toArray(String[]::new)).redirectError(ProcessBuilder.Redirect.INHERIT);
        start.environment().put("MALLOC_ARENA_MAX", "2");
        Process daemon = start.start();
        Runtime.getRuntime().addShutdownHook(new Thread(daemon::destroyForcibly, "daemon-end"));
        try {
            return watch(daemon, store);
        } finally {
            daemon.destroyForcibly().waitFor();
        }
    }

    private int watch(Process daemon, Path store) throws IOException, InterruptedException {
        BufferedReader out = daemon.inputReader();
        URI address = URI.create(String.valueOf(out.readLine()));
        Instant begin = Instant.now();
        System.out.printf(
                "%d targets at %.0f times real speed, a reading every %d s of theirs, %d hours; store %s%n",
                targets, speed, every, hours, store.getFileName());
        System.out.println("minute | resident MiB | overview ms | targets and size of the overview | store MiB");
        Thread.sleep(Duration.ofMinutes(checkAfter));
        loadPage(address, "meanwhile");
        Process check = java(
                        Main.class.getName(),
                        "check",
                        "--pid",
                        Long.toString(daemon.pid()),
                        "--for",
                        checkFor,
                        "--json")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long most = 0;
        List<Long> millis = new ArrayList<>();
        while (!out.ready()) {
            long resident = Resident.of(daemon.pid());
            most = Math.max(most, resident);
            long before = System.nanoTime();
            HttpResponse<String> overview = get(address);
            millis.add((System.nanoTime() - before) / 1_000_000);
            System.out.printf(
                    "%6d | %12d | %11d | %d, %,d bytes | %d%n",
                    Duration.between(begin, Instant.now()).toMinutes(),
                    resident >> 20,
                    millis.getLast(),
                    new JsonMapper().readTree(overview.body()).get("targets").size(),
                    overview.body().length(),
                    Files.size(store) >> 20);
            Thread.sleep(15_000);
        }
        System.out.println(out.readLine());
        loadPage(address, "afterwards");
        return judge(check, most, millis.stream().sorted().toList().get(millis.size() / 2));
    }

    private void loadPage(URI address, String when) {
        if (loads > 0) {
            try (PageLoads page = PageLoads.by(chromium)) {
                page.load(address, targets);
                List<PageLoads.Load> all = Stream.generate(() -> page.load(address, targets))
                        .limit(loads)
                        .toList();
                System.out.println("the page in Chromium, " + when + ": the first targets on the screen after "
                        + words(all.stream().map(PageLoads.Load::seen)) + ", all drawn after "
                        + words(all.stream().map(PageLoads.Load::all)));
            }
        }
    }

    private static String words(Stream<Long> millis) {
        List<Long> sorted = millis.sorted().toList();
        return sorted.get(sorted.size() / 2) + " ms at the median, " + sorted.getLast() + " ms at most of "
                + sorted.size();
    }

    private static int judge(Process check, long most, long median) throws IOException, InterruptedException {
        JsonNode answer = new JsonMapper().readTree(check.inputReader().readAllAsString());
        int code = check.waitFor();
        System.out.println("staunch check --pid DAEMON: "
                + answer.path("verdict").path("kind").asString("none") + ", "
                + answer.path("verdict").path("why").asString("no reason") + " (exit code " + code + ")");
        System.out.println("most resident: " + (most >> 20) + " MiB; overview, median: " + median + " ms");
        return code == 0 && most < MOST_BYTES && median < MOST_MILLIS ? 0 : 1;
    }

    private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(address.resolve("api/v1/targets")).build(), BodyHandlers.ofString());
        }
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
}
