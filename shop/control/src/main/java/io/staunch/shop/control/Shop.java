package io.staunch.shop.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The processes of one running shop, and what can be done to them. Every operation ends with an event and a
/// fresh `shop.json`. Not thread-safe: one operation at a time.
final class Shop {
    static final String API = "shop-api";
    static final String GATEWAY = "payment-gateway";
    static final String CACHE = "cache";
    static final String BALANCER = "shop-balancer";

    private static final Logger LOG = Logger.getLogger(Shop.class.getName());
    private static final int FIRST_SCHEMA = 3;

    private final StartOptions options;
    private final Instant endsAt;
    private final int controlPort;
    private final int apiPort;
    private final int gatewayPort;
    private final int cachePort;
    private final EventLog events;
    private final Guard guard;
    private final Database database;
    private final CacheServer cache;
    private final JvmService gateway;
    private final ApiInstances api;

    Shop(Home home, StartOptions options, int controlPort) throws IOException {
        this.options = options;
        this.endsAt = Instant.now().plus(options.longestLife());
        this.controlPort = controlPort;
        this.apiPort = options.port() == 0 ? Ports.free() : options.port();
        this.gatewayPort = Ports.free();
        this.cachePort = Ports.free();
        Path dir = options.dir();
        this.events = new EventLog(dir.resolve("events.jsonl"));
        this.guard = Guard.start(home.guard(), dir);
        this.database = new Database(service("database"), log("database"), home.migrations());
        this.cache =
                new CacheServer(new Deployment(home, CACHE, service(CACHE)), service(CACHE), log(CACHE), cachePort);
        this.gateway = new JvmService(
                GATEWAY,
                new Deployment(home, GATEWAY, service(GATEWAY)),
                gatewayPort,
                log(GATEWAY),
                List.of("-Xmx96m", "-XX:+UseSerialGC"),
                List.of(Integer.toString(gatewayPort)));
        this.api = new ApiInstances(
                home, dir.resolve("services"), dir.resolve("logs"), options, apiPort, this::watchProcesses);
    }

    private Path service(String name) {
        return options.dir().resolve("services").resolve(name);
    }

    private Path log(String name) {
        return options.dir().resolve("logs").resolve(name + ".log");
    }

    void start() throws IOException, SQLException, ShopException, InterruptedException {
        writeState("starting");
        gateway.deployment().activate(gateway.deployment().install(options.gatewayRelease()));
        gateway.start();
        cache.deployment().activate(cache.deployment().install(options.cacheRelease()));
        cache.start();
        guard.watch(processes());
        database.start();
        guard.watch(processes());
        database.migrate(FIRST_SCHEMA);
        api.deployment().activate(api.deployment().install(options.release()));
        gateway.awaitHealth();
        api.start(settings());
        guard.watch(processes());
        announce("start", cache.deployment(), options.cacheRelease(), Optional.empty(), List.of());
        announce("start", gateway.deployment(), options.gatewayRelease(), Optional.empty(), List.of());
        announce("start", api.deployment(), options.release(), Optional.empty(), List.of());
        writeState("running");
    }

    private void watchProcesses() throws IOException {
        guard.watch(processes());
    }

    private Properties settings() throws ShopException {
        Properties settings = new Properties();
        settings.setProperty("database.url", database.url() + "&ApplicationName=" + API);
        settings.setProperty("cache.port", Integer.toString(cachePort));
        settings.setProperty("payment.gateway", "http://127.0.0.1:" + gatewayPort);
        settings.setProperty("session.lifetime", options.sessionLifetime().toString());
        settings.setProperty("access.logs", options.dir().resolve("logs").toString());
        return settings;
    }

    void deploy(String service, String version) throws IOException, SQLException, ShopException, InterruptedException {
        replace("deploy", of(service), version);
    }

    /// Goes back to that release, or to the one before the current one when none is named.
    void rollBack(String service, Optional<String> version)
            throws IOException, SQLException, ShopException, InterruptedException {
        Deployment target = of(service);
        replace("rollback", target, version.isPresent() ? version.get() : target.previous());
    }

    private void replace(String kind, Deployment deployment, String version)
            throws IOException, SQLException, ShopException, InterruptedException {
        Optional<Release> before = deployment.current();
        Release after = deployment.install(version);
        deployment.activate(after);
        List<LibraryChange> changes = before.isPresent() ? LibraryChange.between(before.get(), after) : List.of();
        restartProcesses(deployment);
        announce(kind, deployment, version, before.map(Release::version), changes);
        writeState("running");
    }

    void restart(String service) throws IOException, SQLException, ShopException, InterruptedException {
        Deployment target = of(service);
        restartProcesses(target);
        announce("restart", target, currentVersion(target), Optional.empty(), List.of());
        writeState("running");
    }

    private void restartProcesses(Deployment deployment)
            throws IOException, SQLException, ShopException, InterruptedException {
        try {
            if (deployment.service().equals(CACHE)) {
                cache.stop();
                cache.start();
            } else if (deployment.service().equals(GATEWAY)) {
                gateway.stop();
                gateway.start();
                gateway.awaitHealth();
            } else if (deployment.service().equals(BALANCER)) {
                api.restartBalancer();
            } else {
                api.replaceAll();
            }
        } finally {
            watchProcesses();
            writeState("running");
        }
    }

    /// Changes the number of instances of `shop-api`.
    void scale(int wanted) throws IOException, SQLException, ShopException, InterruptedException {
        int before = api.count();
        try {
            api.scale(wanted);
        } finally {
            watchProcesses();
            writeState("running");
        }
        String description = before + " -> " + wanted + " instances";
        events.append(Event.scale(Instant.now(), API, currentVersion(api.deployment()), description));
    }

    private static String currentVersion(Deployment deployment) throws IOException, ShopException {
        return deployment.current().map(Release::version).orElse("");
    }

    void migrate(int upTo) throws IOException, SQLException, ShopException {
        for (Migration migration : database.migrate(upTo)) {
            events.append(Event.migration(Instant.now(), migration));
        }
        writeState("running");
    }

    private Deployment of(String service) throws ShopException {
        return switch (service) {
            case API -> api.deployment();
            case GATEWAY -> gateway.deployment();
            case CACHE -> cache.deployment();
            case BALANCER -> api.balancerDeployment();
            default ->
                throw new ShopException("expected a service " + API + ", " + GATEWAY + ", " + CACHE + " or " + BALANCER
                        + ", found " + service);
        };
    }

    private void announce(
            String kind, Deployment deployment, String version, Optional<String> before, List<LibraryChange> changes)
            throws IOException {
        events.append(Event.release(Instant.now(), kind, deployment.service(), version, before.orElse(null), changes));
    }

    private List<Service> services() {
        List<Service> services = new ArrayList<>(List.of(database, cache, gateway));
        services.addAll(api.services());
        return services;
    }

    private List<KnownProcess> processes() {
        return services().stream()
                .flatMap(service -> service.process().stream())
                .toList();
    }

    private void writeState(String state) throws IOException, SQLException, ShopException {
        boolean started = !state.equals("starting");
        List<ServiceState> states = new ArrayList<>();
        if (started) {
            for (Service service : services()) {
                states.add(service.state());
            }
        }
        ShopState now = new ShopState(
                ShopState.SCHEMA,
                state,
                options.dir().toString(),
                KnownProcess.of(ProcessHandle.current()),
                endsAt,
                controlPort,
                "http://127.0.0.1:" + apiPort,
                started ? database.version() : 0,
                states);
        Json.replace(ShopState.file(options.dir()), now);
    }

    /// Ends all processes, the database last; goes on when one of them makes trouble.
    void stop() throws InterruptedException {
        for (Service service : services().reversed()) {
            try {
                service.stop();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "a service did not stop in order", e);
            }
        }
        try {
            guard.release();
            Files.deleteIfExists(ShopState.file(options.dir()));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the shop's state was not removed", e);
        }
    }
}
