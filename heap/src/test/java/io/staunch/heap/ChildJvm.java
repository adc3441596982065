package io.staunch.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Runs a program of one source file in a JVM of its own.
final class ChildJvm {
    private static final int MOST_SECONDS = 120;

    private ChildJvm() {}

    /// Runs it to its end, which must be a good one.
    ///
    /// @param words the version of the JDK and options for it; a version that is not installed skips the test
    /// @param folder for the source and the output
    static void run(List<String> words, Path folder, String name, String source, String... arguments)
            throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        Path out = folder.resolve(name + ".out");
        List<String> command = new ArrayList<>(List.of(javaOf(words.getFirst()), "-Xmx256m"));
        command.addAll(words.subList(1, words.size()));
        command.add(file.toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        assertThat(process.exitValue()).as(() -> read(out)).isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A JDK of this version: the one that runs the tests, or one that lies beside it.
    private static String javaOf(String version) throws IOException {
        Path home = Path.of(System.getProperty("java.home"));
        if (version.equals(String.valueOf(Runtime.version().feature()))) {
            return home.resolve("bin/java").toString();
        }
        try (Stream<Path> beside = Files.list(home.resolveSibling("."))) {
            List<Path> found = beside.map(jdk -> jdk.normalize().resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .filter(java -> java.toString().matches(".*\\b(?:java-|temurin-|jdk-?)" + version + "\\b.*"))
                    .sorted()
                    .toList();
            Assumptions.assumeFalse(found.isEmpty(), "needs a JDK " + version + " beside " + home);
            return found.getFirst().toString();
        }
    }
}
