package io.staunch.shop.control;

import java.io.IOException;
import java.io.Writer;
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

/// The processes of one running shop, and what can be done to them. Every operation ends with an event and a fresh
/// `shop.json`. Not thread-safe: one operation at a time.
final class Shop {
    static final String API = "shop-api";
    static final String GATEWAY = "payment-gateway";

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
    private final JvmService api;

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
        this.cache = new CacheServer(service("cache"), log("cache"), cachePort);
        this.gateway = new JvmService(
                new Deployment(home, GATEWAY, service(GATEWAY)),
                gatewayPort,
                log(GATEWAY),
                List.of("-Xmx96m", "-XX:+UseSerialGC"),
                List.of(Integer.toString(gatewayPort)));
        this.api = new JvmService(
                new Deployment(home, API, service(API)),
                apiPort,
                log(API),
                List.of(
                        "-Xms" + options.heapMib() + "m",
                        "-Xmx" + options.heapMib() + "m",
                        options.collector().option()),
                List.of(settingsFile().toString()));
    }

    private Path service(String name) {
        return options.dir().resolve("services").resolve(name);
    }

    private Path log(String name) {
        return options.dir().resolve("logs").resolve(name + ".log");
    }

    private Path settingsFile() {
        return service(API).resolve("shop-api.properties");
    }

    void start() throws IOException, SQLException, ShopException, InterruptedException {
        writeState("starting");
        gateway.deployment().activate(gateway.deployment().install(options.gatewayRelease()));
        gateway.start();
        cache.start();
        guard.watch(processes());
        database.start();
        guard.watch(processes());
        database.migrate(FIRST_SCHEMA);
        writeSettings();
        api.deployment().activate(api.deployment().install(options.release()));
        api.start();
        guard.watch(processes());
        gateway.awaitHealth();
        api.awaitHealth();
        announce("start", gateway, options.gatewayRelease(), Optional.empty(), List.of());
        announce("start", api, options.release(), Optional.empty(), List.of());
        writeState("running");
    }

    private void writeSettings() throws IOException, ShopException {
        Properties settings = new Properties();
        settings.setProperty("port", Integer.toString(apiPort));
        settings.setProperty("database.url", database.url() + "&ApplicationName=" + API);
        settings.setProperty("cache.port", Integer.toString(cachePort));
        settings.setProperty("payment.gateway", "http://127.0.0.1:" + gatewayPort);
        settings.setProperty("session.lifetime", options.sessionLifetime().toString());
        settings.setProperty("access.logs", options.dir().resolve("logs").toString());
        try (Writer writer = Files.newBufferedWriter(settingsFile())) {
            settings.store(writer, null);
        }
    }

    void deploy(String service, String version) throws IOException, SQLException, ShopException, InterruptedException {
        replace("deploy", of(service), version);
    }

    /// Goes back to that release, or to the one before the current one when none is named.
    void rollBack(String service, Optional<String> version)
            throws IOException, SQLException, ShopException, InterruptedException {
        JvmService target = of(service);
        replace(
                "rollback",
                target,
                version.isPresent() ? version.get() : target.deployment().previous());
    }

    private void replace(String kind, JvmService service, String version)
            throws IOException, SQLException, ShopException, InterruptedException {
        Optional<Release> before = service.deployment().current();
        Release after = service.deployment().install(version);
        service.deployment().activate(after);
        restartProcess(service);
        List<LibraryChange> changes = before.isPresent() ? LibraryChange.between(before.get(), after) : List.of();
        announce(kind, service, version, before.map(Release::version), changes);
        writeState("running");
    }

    void restart(String service) throws IOException, SQLException, ShopException, InterruptedException {
        JvmService target = of(service);
        restartProcess(target);
        String version = target.deployment().current().map(Release::version).orElse("");
        announce("restart", target, version, Optional.empty(), List.of());
        writeState("running");
    }

    private void restartProcess(JvmService service) throws IOException, ShopException, InterruptedException {
        service.stop();
        service.start();
        guard.watch(processes());
        service.awaitHealth();
    }

    void migrate(int upTo) throws IOException, SQLException, ShopException {
        for (Migration migration : database.migrate(upTo)) {
            events.append(Event.migration(Instant.now(), migration));
        }
        writeState("running");
    }

    private JvmService of(String service) throws ShopException {
        return switch (service) {
            case API -> api;
            case GATEWAY -> gateway;
            default -> throw new ShopException("expected a service " + API + " or " + GATEWAY + ", found " + service);
        };
    }

    private void announce(
            String kind, JvmService service, String version, Optional<String> before, List<LibraryChange> changes)
            throws IOException {
        events.append(Event.release(
                Instant.now(), kind, service.deployment().service(), version, before.orElse(null), changes));
    }

    private List<Service> services() {
        return List.of(database, cache, gateway, api);
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
