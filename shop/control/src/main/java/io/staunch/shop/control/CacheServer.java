package io.staunch.shop.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/// The shop's Redis.
final class CacheServer implements Service {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Deployment deployment;
    private final Path dir;
    private final Path log;
    private final int port;
    private Optional<KnownProcess> process = Optional.empty();

    CacheServer(Deployment deployment, Path dir, Path log, int port) {
        this.deployment = deployment;
        this.dir = dir;
        this.log = log;
        this.port = port;
    }

    /// Starts the server and waits until it listens.
    void start() throws IOException, ShopException, InterruptedException {
        Files.createDirectories(dir);
        Path server = dir.resolve("redis-server");
        if (!Files.exists(server)) {
            unpack(server);
        }
        Process started = new ProcessBuilder(command(server))
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        KnownProcess known = KnownProcess.of(started.toHandle());
        process = Optional.of(known);
        Health.await("cache", known, log, PATIENCE, () -> Health.listens(port));
    }

    private List<String> command(Path server) throws IOException, ShopException {
        Release release = deployment
                .current()
                .orElseThrow(() -> new ShopException("expected a current release of the cache, found none"));
        String configuration = release.dir().resolve("redis.conf").toString();
        return List.of(server.toString(), configuration, "--bind", "127.0.0.1", "--port", Integer.toString(port));
    }

    Deployment deployment() {
        return deployment;
    }

    @Override
    public Optional<KnownProcess> process() {
        return process;
    }

    @Override
    public void stop() throws InterruptedException {
        if (process.isPresent()) {
            process.get().stop(PATIENCE);
        }
    }

    @Override
    public ServiceState state() throws IOException, ShopException {
        return ServiceState.of(Shop.CACHE, "redis", process, port, log)
                .with(Shop.CACHE, deployment.current().map(Release::version).orElse(null), deployment.currentLink());
    }

    private void unpack(Path server) throws IOException {
        Path unpacked =
                ExecutableProvider.newJarResourceProvider(dir.toFile()).get().toPath();
        Files.move(unpacked, server, StandardCopyOption.REPLACE_EXISTING);
    }
}
