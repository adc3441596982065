package io.staunch.collect;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A JVM on any host that lets itself be asked over JMX.
///
/// @param address   `host:port` of its registry
/// @param name      the main class, or the file name of the jar that was started
/// @param runtime   the Java version; `unknown` until it was asked
/// @param release   `service.version` of OpenTelemetry, or the directory `releases/VERSION` in its class path
public record RemoteJvm(
        String address, String name, String runtime, Collector collector, Optional<String> release, Instant started)
        implements Target {
    /// Before it was asked.
    static RemoteJvm at(String address) {
        return new RemoteJvm(address, address, "unknown", Collector.UNKNOWN, Optional.empty(), Instant.EPOCH);
    }

    @Override
    public Kind kind() {
        return Kind.JVM;
    }

    @Override
    public String id() {
        return "jmx-" + address.replaceAll("[^A-Za-z0-9.]", "-") + "-" + started.getEpochSecond();
    }

    @Override
    public String instance() {
        return address;
    }

    @Override
    public OptionalLong processId() {
        return OptionalLong.empty();
    }
}
