package io.staunch.shop.api;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/// What the shop is told at its start: where it listens, and where database, cache and payment gateway are.
record Settings(
        String instance,
        int port,
        String databaseUrl,
        int cachePort,
        URI paymentGateway,
        Duration sessionLifetime,
        Path accessLogs) {

    static Settings read(Path file) throws IOException {
        Properties all = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            all.load(reader);
        }
        return new Settings(
                required(all, "instance", file),
                Integer.parseInt(required(all, "port", file)),
                required(all, "database.url", file),
                Integer.parseInt(required(all, "cache.port", file)),
                URI.create(required(all, "payment.gateway", file)),
                Duration.parse(required(all, "session.lifetime", file)),
                Path.of(required(all, "access.logs", file)));
    }

    /// The ports of database, cache and payment gateway.
    Map<String, Integer> neighbours() {
        URI database = URI.create(databaseUrl.substring("jdbc:".length()));
        return Map.of("database", database.getPort(), "cache", cachePort, "payment-gateway", paymentGateway.getPort());
    }

    private static String required(Properties all, String key, Path file) throws IOException {
        String value = all.getProperty(key);
        if (value == null) {
            throw new IOException(file + ": expected the key " + key + ", found none");
        }
        return value;
    }
}
