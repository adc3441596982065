package io.staunch.verify.heap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs Jazzer on [HeapFuzz]: `FuzzRun MINUTES [FOLDER]`, minutes of its own processor time, so that it may stand still
/// while other work needs the machine. It starts from the seeds in `verify/seeds/heap`; inputs that found new ways
/// through the code, and those that broke it, stay in the folder.
public final class FuzzRun {
    private static final int MOST_RESIDENT_MIB = 1024;
    private static final Duration LONGEST_STANDSTILL = Duration.ofMinutes(30);
    private static final long POLL_SECONDS = 5;

    private FuzzRun() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 1 || args.length > 2 || !args[0].matches("[1-9]\\d{0,4}")) {
            System.err.println(
                    "expected MINUTES of processor time and perhaps a FOLDER, found " + String.join(" ", args));
            System.exit(2);
        }
        Duration enough = Duration.ofMinutes(Integer.parseInt(args[0]));
        Path folder = Path.of(args.length > 1 ? args[1] : "verify/target/fuzz-heap");
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Process jazzer = start(corpus, broken);
        Duration spent = Duration.ZERO;
        while (spent.compareTo(enough) < 0 && !jazzer.waitFor(POLL_SECONDS, TimeUnit.SECONDS)) {
            spent = jazzer.info().totalCpuDuration().orElse(spent);
        }
        boolean lasted = jazzer.isAlive();
        List<Path> breaking = inputs(broken);
        jazzer.destroy();
        jazzer.waitFor();
        if (!lasted || !breaking.isEmpty()) {
            throw new IOException(broken + ": expected no input that breaks the analyser, found " + breaking + " after "
                    + spent.toMinutes() + " min of processor time");
        }
        // What was being tried when it was ended counts as broken for it.
        for (Path tried : inputs(broken)) {
            Files.delete(tried);
        }
        System.out.println("no input broke the analyser in " + spent.toMinutes() + " min of processor time");
    }

    private static List<Path> inputs(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.toList();
        }
    }

    private static Process start(Path corpus, Path broken) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+EnableDynamicAgentLoading",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + HeapFuzz.class.getName(),
                        "--instrumentation_includes=io.staunch.heap.**",
                        "-rss_limit_mb=" + MOST_RESIDENT_MIB,
                        "-timeout=" + LONGEST_STANDSTILL.toSeconds(),
                        "-report_slow_units=" + LONGEST_STANDSTILL.toSeconds(),
                        "-max_len=16384",
                        "-print_final_stats=1",
                        "-artifact_prefix=" + broken + "/",
                        corpus.toString(),
                        "verify/seeds/heap"))
                .inheritIO()
                .start();
    }
}
