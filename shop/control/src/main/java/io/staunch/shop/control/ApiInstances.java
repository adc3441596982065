package io.staunch.shop.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/// The instances of `shop-api`: one on the shop's own port, restarted in place; or, with a balancer on that
/// port, any number, each replaced by a fresh one that is up before the old one goes.
final class ApiInstances {
    private static final int MOST = 4;
    private static final Duration DRAIN = Duration.ofSeconds(6);

    private final Path dir;
    private final Path logs;
    private final Deployment deployment;
    private final StartOptions options;
    private final int shopPort;
    private final Optional<JvmService> balancer;
    private final Properties settings = new Properties();
    private final ProcessesChanged processesChanged;
    private final List<JvmService> running = new ArrayList<>();
    private int lastNumber;

    /// Told whenever a process was started or has ended.
    @FunctionalInterface
    interface ProcessesChanged {
        void tell() throws IOException;
    }

    ApiInstances(
            Home home, Path dir, Path logs, StartOptions options, int shopPort, ProcessesChanged processesChanged) {
        this.dir = dir.resolve(Shop.API);
        this.logs = logs;
        this.deployment = new Deployment(home, Shop.API, this.dir);
        this.options = options;
        this.shopPort = shopPort;
        this.processesChanged = processesChanged;
        this.balancer = options.balanced() ? Optional.of(balancer(home, dir.resolve(Shop.BALANCER))) : Optional.empty();
    }

    private JvmService balancer(Home home, Path balancerDir) {
        return new JvmService(
                Shop.BALANCER,
                new Deployment(home, Shop.BALANCER, balancerDir),
                shopPort,
                logs.resolve(Shop.BALANCER + ".log"),
                List.of("-Xmx48m", "-XX:+UseSerialGC"),
                List.of(Integer.toString(shopPort), backendsFile().toString()));
    }

    private Path backendsFile() {
        return dir.resolve("instances");
    }

    Deployment deployment() {
        return deployment;
    }

    List<Service> services() {
        List<Service> services = new ArrayList<>();
        balancer.ifPresent(services::add);
        services.addAll(running);
        return services;
    }

    int count() {
        return running.size();
    }

    /// Starts the first instance, in the current release, and waits until it is up.
    void start(Properties common) throws IOException, ShopException, InterruptedException {
        settings.putAll(common);
        JvmService first = add();
        first.awaitHealth();
        if (balancer.isPresent()) {
            writeBackends(List.of());
            JvmService front = balancer.get();
            front.deployment().activate(front.deployment().install("1.0.0"));
            startBalancer(front);
        }
    }

    private void startBalancer(JvmService front) throws IOException, ShopException, InterruptedException {
        front.start();
        processesChanged.tell();
        KnownProcess process = front.process().orElseThrow(() -> new ShopException("no balancer was started"));
        Health.await(Shop.BALANCER, process, logs, Duration.ofSeconds(20), () -> Health.listens(shopPort));
    }

    Deployment balancerDeployment() throws ShopException {
        return front().deployment();
    }

    void restartBalancer() throws IOException, ShopException, InterruptedException {
        front().stop();
        startBalancer(front());
    }

    private JvmService front() throws ShopException {
        return balancer.orElseThrow(() ->
                new ShopException("expected a shop that was started with --balanced, found one without a balancer"));
    }

    /// Creates and starts an instance; does not wait until it is up.
    private JvmService add() throws IOException, ShopException {
        lastNumber++;
        String name = Shop.API + "-" + lastNumber;
        int port = balancer.isPresent() ? Ports.free() : shopPort;
        Path file = dir.resolve(name + ".properties");
        Properties own = new Properties();
        own.putAll(settings);
        own.setProperty("instance", name);
        own.setProperty("port", Integer.toString(port));
        try (Writer writer = Files.newBufferedWriter(file)) {
            own.store(writer, null);
        }
        String heap = options.heapMib() + "m";
        JvmService instance = new JvmService(
                name,
                deployment,
                port,
                logs.resolve(name + ".log"),
                List.of("-Xms" + heap, "-Xmx" + heap, options.collector().option()),
                List.of(file.toString()));
        instance.start();
        running.add(instance);
        processesChanged.tell();
        return instance;
    }

    /// Replaces every process by one in the release that is current now.
    void replaceAll() throws IOException, ShopException, InterruptedException {
        if (balancer.isEmpty()) {
            JvmService only = running.getFirst();
            only.stop();
            only.start();
            processesChanged.tell();
            only.awaitHealth();
            return;
        }
        for (JvmService old : List.copyOf(running)) {
            add().awaitHealth();
            retire(old);
        }
    }

    /// Adds instances, or retires the oldest ones.
    void scale(int wanted) throws IOException, ShopException, InterruptedException {
        if (balancer.isEmpty()) {
            throw new ShopException("expected a shop that was started with --balanced, found one without a balancer");
        }
        if (wanted < 1 || wanted > MOST) {
            throw new ShopException("expected a number of instances from 1 to " + MOST + ", found " + wanted);
        }
        while (running.size() < wanted) {
            add().awaitHealth();
            writeBackends(List.of());
        }
        while (running.size() > wanted) {
            retire(running.getFirst());
        }
    }

    private void retire(JvmService old) throws IOException, InterruptedException {
        writeBackends(List.of(old));
        Thread.sleep(DRAIN);
        old.stop();
        running.remove(old);
        writeBackends(List.of());
        processesChanged.tell();
    }

    private void writeBackends(List<JvmService> draining) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (JvmService instance : running) {
            lines.append(instance.instance()).append(' ').append(instance.port());
            lines.append(draining.contains(instance) ? " draining" : "").append('\n');
        }
        Path fresh = dir.resolve("instances.new");
        Files.writeString(fresh, lines, UTF_8);
        Files.move(fresh, backendsFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
