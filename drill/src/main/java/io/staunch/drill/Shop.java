package io.staunch.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A running shop and its load, both processes of their own that end with us at the latest. [#close] may be called by
/// any thread and more than once.
final class Shop implements AutoCloseable {
    static final String SERVICE = "shop-api";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ShopHome home;
    private final Path directory;
    private Optional<Process> load = Optional.empty();
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

    /// The release directories of the service that the drill is about.
    Path serviceHome() {
        return directory.resolve("services").resolve(SERVICE);
    }

    Path events() {
        return directory.resolve("events.jsonl");
    }

    Path loadReport() {
        return directory.resolve("load.jsonl");
    }

    void start(String release, Duration sessionLifetime) throws DrillFailed, InterruptedException {
        run(
                "start",
                "--dir",
                directory.toString(),
                "--release",
                release,
                "--session-lifetime",
                sessionLifetime.toSeconds() + "s",
                "--parent",
                Long.toString(ProcessHandle.current().pid()));
    }

    /// Sends visitors until [#close], but never longer than the time.
    synchronized void startLoad(int visitsPerSecond, Duration longest) throws DrillFailed {
        try {
            load = Optional.of(new ProcessBuilder(
                            home.command().toString(),
                            "load",
                            "--dir",
                            directory.toString(),
                            "--rate",
                            Integer.toString(visitsPerSecond),
                            "--for",
                            longest.toSeconds() + "s",
                            "--out",
                            loadReport().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("load.log").toFile())
                    .start());
        } catch (IOException e) {
            throw new DrillFailed("the shop's load could not be started: " + e.getMessage(), e);
        }
    }

    void migrate(int number) throws DrillFailed, InterruptedException {
        run("migrate", "--dir", directory.toString(), Integer.toString(number));
    }

    void deploy(String release) throws DrillFailed, InterruptedException {
        run("deploy", "--dir", directory.toString(), release);
    }

    /// Lays a release ready beside the others without putting it in place.
    void deliver(String release) throws DrillFailed {
        Path from = home.release(SERVICE, release);
        Path to = serviceHome().resolve("releases").resolve(release);
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
        load.ifPresent(Process::destroy);
        try {
            if (Files.exists(directory.resolve("shop.json"))) {
                run("stop", "--dir", directory.toString());
            }
            if (load.isPresent() && !load.get().waitFor(5, TimeUnit.SECONDS)) {
                load.get().destroyForcibly();
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
