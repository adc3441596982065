package io.staunch.verify.overhead;

import io.staunch.collect.AttachFailed;
import io.staunch.collect.Cost;
import io.staunch.collect.JvmProbe;
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

    @Option(names = "--every", description = "milliseconds between two readings (default: ${DEFAULT-VALUE})")
    private int everyMillis = 1_000;

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
        Cost attached;
        Cost watched;
        try (JvmProbe probe = JvmProbe.attach(service.pid())) {
            for (int i = 0; i < 30; i++) {
                probe.read();
            }
            attached = probe.cost();
            Thread.sleep(Duration.ofSeconds(2));
            for (int pair = 0; pair < seconds / window / 2; pair++) {
                boolean watchedFirst = random.nextBoolean();
                windows.add(window(service.pid(), load, probe, watchedFirst));
                windows.add(window(service.pid(), load, probe, !watchedFirst));
                System.err.print(".");
            }
            System.err.println();
            Cost all = probe.cost();
            watched = new Cost(
                    all.addedPauseMillis() - attached.addedPauseMillis(),
                    all.targetCpuMillis() - attached.targetCpuMillis());
        }
        OverheadReport report = new OverheadReport(windows, Safepoint.parse(log), attached, watched);
        System.out.print(report);
        return report.exitCode();
    }

    private Window window(long pid, Load load, JvmProbe probe, boolean watched)
            throws InterruptedException, TargetGone {
        Latencies before = load.latencies();
        long cpuBefore = ProcFs.HOST.cpuMillis(pid).orElse(0);
        Instant begin = Instant.now();
        Instant end = begin.plusSeconds(window);
        for (Instant next = begin; next.isBefore(end); next = next.plusMillis(everyMillis)) {
            Thread.sleep(Math.max(0, Duration.between(Instant.now(), next).toMillis()));
            if (watched) {
                probe.read();
            }
        }
        Thread.sleep(Math.max(0, Duration.between(Instant.now(), end).toMillis()));
        Instant ended = Instant.now();
        long cpu = ProcFs.HOST.cpuMillis(pid).orElse(0) - cpuBefore;
        return new Window(watched, begin, ended, load.latencies().minus(before), cpu);
    }
}
