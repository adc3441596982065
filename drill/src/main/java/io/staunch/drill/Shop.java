package io.staunch.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A running shop and its load, both processes of their own that end with us at the latest. [#close] may be
/// called by any thread and more than once.
final class Shop implements AutoCloseable {
    static final String API = "shop-api";
    static final String GATEWAY = "payment-gateway";
    static final String CACHE = "cache";
    static final String BALANCER = "shop-balancer";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ShopHome home;
    private final Path directory;
    private final List<Process> visitors = new ArrayList<>();
    private boolean closed;

    Shop(ShopHome home, Path directory) {
        this.home = home;
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    ShopHome home() {
        return home;
    }

    /// The release directories of a service.
    Path serviceHome(String service) {
        return directory.resolve("services").resolve(service);
    }

    Path logs() {
        return directory.resolve("logs");
    }

    Path events() {
        return directory.resolve("events.jsonl");
    }

    Path loadReport() {
        return directory.resolve("load.jsonl");
    }

    void start(Opening opening, Duration sessionLifetime) throws DrillFailed, InterruptedException {
        List<String> words = new ArrayList<>(List.of("start", "--dir", directory.toString()));
        words.addAll(opening.options());
        words.addAll(List.of(
                "--session-lifetime",
                sessionLifetime.toSeconds() + "s",
                "--parent",
                Long.toString(ProcessHandle.current().pid())));
        run(words.toArray(String[]::new));
    }

    /// Sends visitors until [#close], but never longer than the time.
    synchronized void startLoad(Opening opening, Duration longest) throws DrillFailed {
        List<String> more = new ArrayList<>(opening.loadOptions());
        more.addAll(List.of("--out", loadReport().toString()));
        visitors.add(load(opening.visitsPerSecond(), longest, more, "load.log"));
    }

    /// A second crowd, beside the visitors, for that time.
    synchronized void startJob(int visitsPerSecond, Duration length) throws DrillFailed {
        visitors.add(load(visitsPerSecond, length, List.of("--seed", "2"), "job.log"));
    }

    private Process load(int visitsPerSecond, Duration length, List<String> more, String log) throws DrillFailed {
        List<String> words = new ArrayList<>(List.of(
                home.command().toString(),
                "load",
                "--dir",
                directory.toString(),
                "--rate",
                Integer.toString(visitsPerSecond),
                "--for",
                length.toSeconds() + "s"));
        words.addAll(more);
        try {
            return new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve(log).toFile())
                    .start();
        } catch (IOException e) {
            throw new DrillFailed("the shop's load could not be started: " + e.getMessage(), e);
        }
    }

    void migrate(int number) throws DrillFailed, InterruptedException {
        act("migrate", Integer.toString(number));
    }

    void deploy(String service, String release) throws DrillFailed, InterruptedException {
        act("deploy", "--service", service, release);
    }

    void rollback(String service, String release) throws DrillFailed, InterruptedException {
        act("rollback", "--service", service, release);
    }

    /// Back to the release before.
    void rollback(String service) throws DrillFailed, InterruptedException {
        act("rollback", "--service", service);
    }

    void restart(String service) throws DrillFailed, InterruptedException {
        act("restart", "--service", service);
    }

    void scale(int instances) throws DrillFailed, InterruptedException {
        act("scale", Integer.toString(instances));
    }

    private void act(String verb, String... more) throws DrillFailed, InterruptedException {
        List<String> words = new ArrayList<>(List.of(verb, "--dir", directory.toString()));
        words.addAll(List.of(more));
        run(words.toArray(String[]::new));
    }

    /// Lays a release ready beside the others without putting it in place.
    void deliver(String service, String release) throws DrillFailed {
        Path from = home.release(service, release);
        Path to = serviceHome(service).resolve("releases").resolve(release);
        Path partial = to.resolveSibling("." + release + ".delivering");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = partial.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
            Files.move(partial, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new DrillFailed("release " + release + " could not be delivered: " + e.getMessage(), e);
        }
    }

    /// The words of a command on this shop; the verb's own arguments follow.
    String[] command(String verb, String... more) {
        List<String> words = new ArrayList<>(List.of(home.command().toString(), verb, "--dir", directory.toString()));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        visitors.forEach(Process::destroy);
        try {
            if (Files.exists(directory.resolve("shop.json"))) {
                run("stop", "--dir", directory.toString());
            }
            for (Process crowd : visitors) {
                if (!crowd.waitFor(5, TimeUnit.SECONDS)) {
                    crowd.destroyForcibly();
                }
            }
        } catch (DrillFailed e) {
            // Its guard ends what is left as soon as we are gone.
            System.err.println("staunch: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(String... words) throws DrillFailed, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home.command().toString()));
        command.addAll(List.of(words));
        try {
            Path errors = Files.createTempFile("staunch-drill", ".err");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(errors.toFile())
                        .start();
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new DrillFailed("shop " + words[0] + ": expected its end within " + PATIENCE.toSeconds()
                            + " s, found it still running");
                }
                if (process.exitValue() != 0) {
                    throw new DrillFailed("shop " + words[0] + " ended with " + process.exitValue() + ": "
                            + Files.readString(errors, StandardCharsets.UTF_8).strip());
                }
            } finally {
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw new DrillFailed("shop " + words[0] + " could not be run: " + e.getMessage(), e);
        }
    }
}
