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
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// A real JVM that runs `src/test/child/Child.java`, compiled for Java 11. Ends at [#close], or by itself after the
/// seconds that it was given.
final class ChildJvm implements AutoCloseable {
    private static final Path SOURCE = Path.of("src/test/child/Child.java");
    private final Process process;

    private ChildJvm(Process process) {
        this.process = process;
    }

    /// Options of the virtual machine start with `-`, the child's settings do not.
    static ChildJvm start(Jdk jdk, String... arguments) throws IOException {
        return start(List.of(), classes(), jdk, arguments);
    }

    /// @param prefix a command that becomes the JVM
    static ChildJvm start(List<String> prefix, Path classPath, Jdk jdk, String... arguments) throws IOException {
        assumeTrue(jdk.home().isPresent(), jdk::toString);
        List<String> command = new ArrayList<>(prefix);
        command.add(jdk.home().orElseThrow().resolve("bin/java").toString());
        Arrays.stream(arguments).filter(a -> a.startsWith("-")).forEach(command::add);
        command.addAll(List.of("-cp", classPath.toString(), "Child"));
        Arrays.stream(arguments).filter(a -> !a.startsWith("-")).forEach(command::add);
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
        Path target = Files.createDirectories(Path.of("target/child-classes")).toAbsolutePath();
        Path compiled = target.resolve("Child.class");
        if (Files.exists(compiled)
                && Files.getLastModifiedTime(compiled).compareTo(Files.getLastModifiedTime(SOURCE)) > 0) {
            return target;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("--release", "11", "-proc:none", "-Xlint:-options", "-d", target.toString());
            if (!compiler.getTask(problems, files, null, options, null, files.getJavaFileObjects(SOURCE))
                    .call()) {
                throw new IOException("child: expected it to compile, found " + problems);
            }
        }
        return target;
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
