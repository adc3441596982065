package io.staunch.collect;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// A real JVM that runs `src/test/child/Child.java`, compiled for Java 11. Ends at [#close], or by itself after the
/// seconds that it was given.
final class ChildJvm implements AutoCloseable {
    private final Process process;

    private ChildJvm(Process process) {
        this.process = process;
    }

    /// Options of the virtual machine start with `-`, the child's settings do not.
    static ChildJvm start(Jdk jdk, String... arguments) throws IOException {
        return start(List.of(), classes(), jdk, arguments);
    }

    /// `src/test/child/ServiceChild.java`, with the libraries of this test.
    static synchronized ChildJvm startService(Jdk jdk, List<String> mainAndArguments) throws IOException {
        assumeTrue(jdk.home().isPresent(), jdk::toString);
        List<String> command = new ArrayList<>();
        command.add(jdk.home().orElseThrow().resolve("bin/java").toString());
        command.addAll(List.of("-Xmx128m", "-cp", compiled("ServiceChild", "17") + ":" + libraries()));
        command.addAll(mainAndArguments);
        return start(command);
    }

    /// @param prefix a command that becomes the JVM
    static ChildJvm start(List<String> prefix, Path classPath, Jdk jdk, String... arguments) throws IOException {
        assumeTrue(jdk.home().isPresent(), jdk::toString);
        List<String> command = new ArrayList<>(prefix);
        command.add(jdk.home().orElseThrow().resolve("bin/java").toString());
        Arrays.stream(arguments).filter(a -> a.startsWith("-")).forEach(command::add);
        command.addAll(List.of("-cp", classPath.toString(), "Child"));
        Arrays.stream(arguments).filter(a -> !a.startsWith("-")).forEach(command::add);
        return start(command);
    }

    private static ChildJvm start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        ChildJvm child = new ChildJvm(builder.start());
        child.awaitReady();
        return child;
    }

    private void awaitReady() throws IOException {
        BufferedReader output = process.inputReader();
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.equals("ready")) {
                return;
            }
            seen.append(line).append('\n');
        }
        throw new IOException("child: expected 'ready', found its end: " + seen);
    }

    static synchronized Path classes() throws IOException {
        return compiled("Child", "11");
    }

    private static Path compiled(String program, String release) throws IOException {
        Path source = Path.of("src/test/child", program + ".java");
        Path target = Files.createDirectories(Path.of("target/child-classes", program))
                .toAbsolutePath();
        Path compiled = target.resolve(program + ".class");
        if (Files.exists(compiled)
                && Files.getLastModifiedTime(compiled).compareTo(Files.getLastModifiedTime(source)) > 0) {
            return target;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "--release", release, "-proc:none", "-Xlint:-options", "-d", target.toString(), "-cp", libraries());
            if (!compiler.getTask(problems, files, null, options, null, files.getJavaFileObjects(source))
                    .call()) {
                throw new IOException(program + ": expected it to compile, found " + problems);
            }
        }
        return target;
    }

    private static String libraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(":", -1))
                .filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(":"));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// At once, as by the kernel's out-of-memory killer.
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
