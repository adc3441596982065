package io.staunch.verify.heap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The dumps of the heap benchmark, by name: so many megabytes of a shop's heap (`1460`), or a plain shape of so many
/// objects (`list-10000000`, `star-…`, `random-…`). They are made where they are missing and stay in the folder.
record BenchmarkDumps(Path folder) {
    static final String NAMES = "\\d{1,5}|(list|star|random)-\\d{1,9}";
    private static final Duration AT_MOST = Duration.ofMinutes(10);

    /// What kind of heap a name stands for.
    static String kind(String name) {
        return name.contains("-") ? name.substring(0, name.indexOf('-')) : "shop";
    }

    Path dump(String name) throws IOException, InterruptedException {
        String kind = kind(name);
        Path dump = folder.resolve((kind.equals("shop") ? "shop-" : "") + name + ".hprof");
        if (!Files.exists(dump)) {
            List<String> command = kind.equals("shop")
                    ? java(
                            2L * Integer.parseInt(name) + 512,
                            HeapGenerator.class,
                            List.of(dump.toString(), name + "MB"))
                    : java(
                            64,
                            ShapeGenerator.class,
                            List.of(dump.toString(), kind, name.substring(name.indexOf('-') + 1)));
            Measured made = Measured.run(command, folder, folder.resolve("generator.log"), AT_MOST);
            if (made.exitCode() != 0) {
                throw new IOException(dump + ": expected a dump, found exit code " + made.exitCode());
            }
        }
        return dump;
    }

    /// Runs a class of this benchmark in a JVM of its own.
    static List<String> java(long heapMebibytes, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heapMebibytes + "m",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(arguments);
        return command;
    }

    private static String absolute(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(":", -1)) {
            entries.add(Path.of("").toAbsolutePath().resolve(entry).toString());
        }
        return String.join(":", entries);
    }
}
