package io.staunch.server;

import io.staunch.collect.JmxAddress;
import io.staunch.collect.MetricsQuery;
import io.staunch.collect.PrometheusServer;
import java.net.URI;

/// Where targets are to be found that are no processes of this host, or that are to be watched by another way.
public sealed interface Place {
    /// What its targets are instances of.
    String service();

    /// A JVM that answers JMX.
    record Jmx(String service, JmxAddress address) implements Place {
        @Override
        public String toString() {
            return service + " at " + address;
        }
    }

    /// The instances that a metrics server knows.
    record Metrics(String service, PrometheusServer server, MetricsQuery query) implements Place {
        @Override
        public String toString() {
            return service + " in " + server;
        }
    }

    /// A Redis server.
    ///
    /// @param uri with user and password, if it needs them: never to be shown
    record Redis(String service, URI uri) implements Place {
        @Override
        public String toString() {
            return service;
        }
    }
}
