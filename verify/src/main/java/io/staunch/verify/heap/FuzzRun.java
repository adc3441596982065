package io.staunch.verify.heap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Runs Jazzer on [HeapFuzz]: `FuzzRun MINUTES [FOLDER]`. It starts from the seeds in `verify/seeds/heap`; inputs that
/// found new ways through the code, and those that broke it, stay in the folder.
public final class FuzzRun {
    private static final int MOST_RESIDENT_MIB = 1024;
    private static final int SECONDS_AN_INPUT = 20;

    private FuzzRun() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int seconds = 60 * Integer.parseInt(args[0]);
        Path folder = Path.of(args.length > 1 ? args[1] : "verify/target/fuzz-heap");
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Process jazzer = new ProcessBuilder(List.of(
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
                        "-max_total_time=" + seconds,
                        "-rss_limit_mb=" + MOST_RESIDENT_MIB,
                        "-timeout=" + SECONDS_AN_INPUT,
                        "-max_len=16384",
                        "-print_final_stats=1",
                        "-artifact_prefix=" + broken + "/",
                        corpus.toString(),
                        "verify/seeds/heap"))
                .inheritIO()
                .start();
        int exitCode = jazzer.waitFor();
        if (exitCode != 0) {
            throw new IOException(
                    broken + ": expected no input that breaks the analyser, found one (exit code " + exitCode + ")");
        }
    }
}
