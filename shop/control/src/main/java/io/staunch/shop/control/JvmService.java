package io.staunch.shop.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A service that is a JVM of its own and comes in releases. It runs in the folder of its release, from its jars.
final class JvmService implements Service {
    private static final Duration START_PATIENCE = Duration.ofSeconds(40);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final String instance;
    private final Deployment deployment;
    private final int port;
    private final Path log;
    private final List<String> jvmOptions;
    private final List<String> arguments;
    private Optional<KnownProcess> process = Optional.empty();

    JvmService(
            String instance,
            Deployment deployment,
            int port,
            Path log,
            List<String> jvmOptions,
            List<String> arguments) {
        this.instance = instance;
        this.deployment = deployment;
        this.port = port;
        this.log = log;
        this.jvmOptions = jvmOptions;
        this.arguments = arguments;
    }

    String instance() {
        return instance;
    }

    int port() {
        return port;
    }

    Deployment deployment() {
        return deployment;
    }

    @Override
    public Optional<KnownProcess> process() {
        return process;
    }

    /// Starts the current release; does not wait until it answers.
    void start() throws IOException, ShopException {
        Release release = deployment
                .current()
                .orElseThrow(() ->
                        new ShopException("expected a current release of " + deployment.service() + ", found none"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(release.dir().resolve("lib") + "/*");
        command.add(release.mainClass());
        command.addAll(arguments);
        Process started = new ProcessBuilder(command)
                .directory(release.dir().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process = Optional.of(KnownProcess.of(started.toHandle()));
    }

    void awaitHealth() throws ShopException, InterruptedException {
        KnownProcess started = process.orElseThrow(
                () -> new ShopException("expected " + instance + " to be started, found it stopped"));
        Health.await(instance, started, log, START_PATIENCE, () -> Health.http(port));
    }

    @Override
    public void stop() throws InterruptedException {
        if (process.isPresent()) {
            process.get().stop(STOP_PATIENCE);
        }
    }

    @Override
    public ServiceState state() throws IOException, ShopException {
        return ServiceState.of(deployment.service(), "jvm", process, port, log)
                .with(instance, deployment.current().map(Release::version).orElse(null), deployment.currentLink());
    }
}
