package io.staunch.collect;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// An instance of a service that is known by its series in a metrics server.
///
/// @param id       of this life of it
/// @param service  as it is called here
/// @param instance the value of the label that tells it from the others
/// @param dialect  whose names its series have
public record MetricsInstance(
        String id, String service, String instance, Dialect dialect, Optional<String> release, Instant started)
        implements Target {
    /// Whose names a series has.
    public enum Dialect {
        MICROMETER("Micrometer"),
        OPEN_TELEMETRY("OpenTelemetry"),
        JMX_EXPORTER("client_java or JMX exporter"),
        REDIS("Redis exporter"),
        PROCESS("client library, process figures only"),
        UNKNOWN("unknown");

        private final String label;

        Dialect(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /// None of them is known yet.
    public static MetricsInstance unknown(String service, PrometheusServer server) {
        String address = server.toString();
        return new MetricsInstance(
                "metrics-" + (service + "-" + address).replaceAll("[^A-Za-z0-9.]", "-"),
                service,
                address,
                Dialect.UNKNOWN,
                Optional.empty(),
                Instant.EPOCH);
    }

    @Override
    public Kind kind() {
        return Kind.SERVICE;
    }

    @Override
    public String name() {
        return service;
    }

    @Override
    public OptionalLong processId() {
        return OptionalLong.empty();
    }
}
