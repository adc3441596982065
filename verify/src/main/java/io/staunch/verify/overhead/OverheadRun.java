package io.staunch.verify.overhead;

import io.staunch.collect.AttachFailed;
import io.staunch.collect.Cost;
import io.staunch.collect.TargetGone;
import io.staunch.collect.internal.ProcFs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Starts a service and its load, watches it in every other window, in an order drawn for each pair, and prints what
/// watching changed. Exit code 0 if it cost less than asked, 1 if more, 3 if the machine was too noisy to tell.
@Command(
        name = "overhead",
        mixinStandardHelpOptions = true,
        description = "What the always-on rung costs a service under load: throughput, pauses, CPU.")
final class OverheadRun implements Callable<Integer> {
    @Option(names = "--seconds", description = "of all windows together (default: ${DEFAULT-VALUE})")
    private int seconds = 600;

    @Option(names = "--window", description = "seconds of a window (default: ${DEFAULT-VALUE})")
    private int window = 5;

    @Option(
            names = "--every",
            description = "milliseconds between two readings of the probe (default: ${DEFAULT-VALUE})")
    private int everyMillis = 1_000;

    @Option(names = "--by", description = "what watches: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private By by = By.WATCH;

    @Option(
            names = "--settle",
            description = "seconds between the begin of watching and the first window (default: ${DEFAULT-VALUE})")
    private int settle = 20;

    @Option(names = "--clients", description = "connections of the load (default: ${DEFAULT-VALUE})")
    private int clients = 2;

    @Option(names = "--rate", description = "requests a second; 0 for a closed loop (default: ${DEFAULT-VALUE})")
    private double rate;

    @Option(names = "--sessions", description = "live set of the service, 5 kB each (default: ${DEFAULT-VALUE})")
    private int sessions = 40_000;

    @Option(names = "--jvm", description = "options of the service's JVM (default: ${DEFAULT-VALUE})")
    private List<String> jvmOptions = List.of("-XX:+UseG1GC", "-Xmx768m");

    @Option(names = "--warm-up", description = "seconds before the first window (default: ${DEFAULT-VALUE})")
    private int warmUp = 20;

    private final Random random = new Random(1);

    private OverheadRun() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new OverheadRun()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, AttachFailed, TargetGone {
        Path log = Files.createTempFile("staunch-safepoints", ".log");
        Process service = start(log);
        try {
            int port = Integer.parseInt(service.inputReader().readLine());
            try (Load load = new Load(port, clients, rate)) {
                Thread.sleep(Duration.ofSeconds(warmUp));
                return measure(service, load, log);
            }
        } finally {
            service.destroyForcibly().waitFor();
            Files.deleteIfExists(log);
        }
    }

    private Process start(Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-Xlog:safepoint:file=" + log + ":utctime:filecount=0");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Service.class.getName()));
        command.add(Integer.toString(sessions));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private int measure(Process service, Load load, Path log)
            throws IOException, InterruptedException, AttachFailed, TargetGone {
        List<Window> windows = new ArrayList<>();
        Cost watched;
        try (Watcher watcher =
                by == By.WATCH ? new WatchProcess(service.pid()) : new ProbeWatcher(service.pid(), everyMillis)) {
            Thread.sleep(Duration.ofSeconds(settle));
            for (int pair = 0; pair < seconds / window / 2; pair++) {
                boolean watchedFirst = random.nextBoolean();
                windows.add(window(service.pid(), load, watcher, watchedFirst));
                windows.add(window(service.pid(), load, watcher, !watchedFirst));
                System.err.print(".");
            }
            System.err.println();
            watched = watcher.cost();
        }
        OverheadReport report = new OverheadReport(windows, Safepoint.parse(log), watched);
        System.out.print(report);
        return report.exitCode();
    }

    private Window window(long pid, Load load, Watcher watcher, boolean watched)
            throws IOException, InterruptedException, TargetGone {
        Latencies before = load.latencies();
        long cpuBefore = ProcFs.HOST.cpuMillis(pid).orElse(0);
        Instant begin = Instant.now();
        watcher.pass(begin.plusSeconds(window), watched);
        Instant ended = Instant.now();
        long cpu = ProcFs.HOST.cpuMillis(pid).orElse(0) - cpuBefore;
        return new Window(watched, begin, ended, load.latencies().minus(before), cpu);
    }

    /// What watches.
    enum By {
        /// The command, as its user starts it.
        WATCH,
        /// Its readings alone, at the pace of `--every`.
        PROBE
    }
}
