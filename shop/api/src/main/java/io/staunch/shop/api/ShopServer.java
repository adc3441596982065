package io.staunch.shop.api;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.staunch.shop.auth.LoginTokens;
import io.staunch.shop.payment.PaymentClient;
import io.staunch.shop.session.SessionStore;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.AccessLogValve;
import redis.clients.jedis.RedisClient;
import tools.jackson.databind.json.JsonMapper;

/// The shop's parts, wired: Tomcat with the servlets, connection pool, cache, session store and payment client.
final class ShopServer implements AutoCloseable {
    private static final Duration LOGIN_LIFETIME = Duration.ofHours(8);
    private static final int MOST_DATABASE_CONNECTIONS = 12;
    private static final int MOST_REQUEST_THREADS = 64;

    private final Settings settings;
    private final InstantSource clock = InstantSource.system();
    private final JsonMapper json = new JsonMapper();
    private final Tomcat tomcat = new Tomcat();
    private final HikariDataSource database;
    private final RedisClient cache;
    private final PaymentClient payments;
    private final SessionStore store;
    private final Hops hops;

    ShopServer(Settings settings) {
        this.settings = settings;
        this.hops = new Hops(
                settings.instance(),
                settings.accessLogs().resolve("hops-" + settings.instance() + ".jsonl"),
                settings.neighbours());
        this.database = pool(settings.databaseUrl(), hops);
        this.cache = RedisClient.create("127.0.0.1", settings.cachePort());
        this.payments = new PaymentClient(settings.paymentGateway());
        this.store = new SessionStore(settings.sessionLifetime(), clock);
    }

    private static HikariDataSource pool(String url, Hops hops) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setPoolName("shop");
        config.setMaximumPoolSize(MOST_DATABASE_CONNECTIONS);
        config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        config.setRegisterMbeans(true);
        config.setMetricsTrackerFactory((_, _) -> hops.ofThePool());
        return new HikariDataSource(config);
    }

    void start() throws IOException, LifecycleException, SQLException {
        Path base = Files.createDirectories(settings.accessLogs().resolve("tomcat-" + settings.instance()));
        tomcat.setBaseDir(base.toString());
        Connector connector = new Connector();
        connector.setPort(settings.port());
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxThreads", Integer.toString(MOST_REQUEST_THREADS));
        connector.setThrowOnFailure(true);
        tomcat.setConnector(connector);
        tomcat.getEngine().setBackgroundProcessorDelay(5);
        tomcat.getEngine().setJvmRoute(settings.instance());
        Context context = tomcat.addContext("", base.toString());
        context.setSessionTimeout(30);
        StandardManager manager = new StandardManager();
        manager.setPathname(null);
        manager.setProcessExpiresFrequency(1);
        context.setManager(manager);
        context.addApplicationListener(SessionLifetime.class.getName());
        context.addParameter(
                SessionLifetime.SECONDS,
                Long.toString(settings.sessionLifetime().toSeconds()));
        addServlets(context);
        tomcat.getHost().getPipeline().addValve(accessLog());
        tomcat.start();
        hops.start();
    }

    private void addServlets(Context context) throws SQLException {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        LoginTokens tokens = new LoginTokens(secret, LOGIN_LIFETIME, clock);
        VisitorSessions sessions = new VisitorSessions(store);
        SavedCarts saved = new SavedCarts(cache, json);
        Catalogue catalogue = new Catalogue(new ProductTable(database), cache, json);
        add(context, "catalogue", "/api/products/*", new CatalogueServlet(json, catalogue, sessions, clock));
        add(context, "cart", "/api/cart", new CartServlet(json, catalogue, sessions, saved));
        add(context, "login", "/api/login", new LoginServlet(json, new Customers(database), tokens, sessions));
        add(
                context,
                "checkout",
                "/api/checkout",
                new CheckoutServlet(json, new Orders(database), payments, hops, tokens, sessions, saved));
        add(context, "health", "/health", new HealthServlet(json, database));
        addFeatures(context);
    }

    private void addFeatures(Context context) throws SQLException {
        List<String> names = new ArrayList<>();
        for (ShopFeature feature : ServiceLoader.load(ShopFeature.class)) {
            add(context, feature.name(), "/api/" + feature.name() + "/*", feature.servlet(settings.databaseUrl()));
            names.add(feature.name());
        }
        context.addParameter(JsonServlet.FEATURES, String.join(",", names));
    }

    private static void add(Context context, String name, String pattern, HttpServlet servlet) {
        Tomcat.addServlet(context, name, servlet);
        context.addServletMappingDecoded(pattern, name);
    }

    private AccessLogValve accessLog() {
        AccessLogValve log = new AccessLogValve();
        log.setDirectory(settings.accessLogs().toString());
        log.setPrefix("access-" + settings.instance());
        log.setSuffix(".log");
        log.setRotatable(false);
        log.setPattern("%{begin:yyyy-MM-dd'T'HH:mm:ss.SSSXXX}t %a \"%r\" %s %B %D");
        return log;
    }

    @Override
    public void close() throws LifecycleException {
        hops.close();
        tomcat.stop();
        tomcat.destroy();
        store.close();
        payments.close();
        cache.close();
        database.close();
    }
}
