package io.staunch.shop.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Starts a supervisor in a process of its own and waits until its shop runs.
final class Starter {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Starter() {}

    static ShopState start(Home home, StartOptions options) throws IOException, ShopException, InterruptedException {
        check(home, options);
        Path dir = options.dir();
        Files.createDirectories(dir.resolve("logs"));
        Files.createDirectories(dir.resolve("tmp"));
        Files.createDirectories(dir.resolve("services").resolve(Shop.API));
        Files.createDirectories(dir.resolve("services").resolve(Shop.GATEWAY));
        Files.createDirectories(dir.resolve("services").resolve(Shop.CACHE));
        Files.createDirectories(dir.resolve("services").resolve(Shop.BALANCER));
        Files.deleteIfExists(Supervisor.failureFile(dir));
        Process supervisor = new ProcessBuilder(command(home, options))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        dir.resolve("logs/supervisor.log").toFile()))
                .start();
        KnownProcess known = KnownProcess.of(supervisor.toHandle());
        try {
            Health.await("the shop", known, dir.resolve("logs"), PATIENCE, () -> isRunning(dir));
        } catch (ShopException e) {
            known.stop(Duration.ofSeconds(20));
            Path failure = Supervisor.failureFile(dir);
            throw Files.exists(failure) ? new ShopException(Files.readString(failure), e) : e;
        }
        return ControlClient.running(dir);
    }

    private static void check(Home home, StartOptions options) throws IOException, ShopException {
        Optional<ShopState> before = ShopState.read(options.dir());
        if (before.isPresent() && before.get().supervisor().alive()) {
            throw new ShopException(
                    "expected a folder without a running shop, found one that runs in " + options.dir());
        }
        if (Files.exists(options.dir().resolve("services"))) {
            throw new ShopException("expected a new folder, found an earlier shop's files in " + options.dir());
        }
        if (options.port() != 0) {
            Ports.requireFree(options.port());
        }
        Release _ = home.release(Shop.API, options.release());
        Release _ = home.release(Shop.GATEWAY, options.gatewayRelease());
        Release _ = home.release(Shop.CACHE, options.cacheRelease());
    }

    private static boolean isRunning(Path dir) {
        try {
            return ShopState.read(dir)
                    .map(state -> state.state().equals("running"))
                    .orElse(false);
        } catch (IOException | ShopException e) {
            return false;
        }
    }

    private static List<String> command(Home home, StartOptions options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + options.dir().resolve("tmp"),
                "-Dshop.home=" + home.root(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "supervise",
                "--dir=" + options.dir(),
                "--release=" + options.release(),
                "--gateway-release=" + options.gatewayRelease(),
                "--cache-release=" + options.cacheRelease(),
                "--port=" + options.port(),
                "--heap=" + options.heapMib(),
                "--gc=" + options.collector(),
                "--balanced=" + options.balanced(),
                "--session-lifetime=" + options.sessionLifetime(),
                "--longest-life=" + options.longestLife()));
        options.parent().ifPresent(parent -> command.add("--parent=" + parent.pid()));
        return command;
    }
}
