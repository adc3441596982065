package io.staunch.collect;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A Redis or Valkey server.
///
/// @param id        of this life of it: its `run_id`, where it says one
/// @param address   `host:port`
/// @param version   `unknown` until it was asked
/// @param release   the directory `releases/VERSION` that its settings lie in, if so
/// @param processId if it runs on this host
public record RedisServer(
        String id, String address, String version, Optional<String> release, Instant started, OptionalLong processId)
        implements Target {
    /// Before anybody asked it.
    ///
    /// @param uri as of [RedisProbe#connect]
    public static RedisServer at(URI uri) {
        String address = address(uri);
        return new RedisServer(
                "redis-" + address.replaceAll("[^A-Za-z0-9.]", "-"),
                address,
                "unknown",
                Optional.empty(),
                Instant.EPOCH,
                OptionalLong.empty());
    }

    static String address(URI uri) {
        return uri.getHost() + ":" + (uri.getPort() < 0 ? 6379 : uri.getPort());
    }

    /// As it is found by its process, before anybody asked it.
    static RedisServer found(long pid, String address, Instant started) {
        return new RedisServer(
                pid + "-" + started.getEpochSecond(),
                address,
                "unknown",
                Optional.empty(),
                started,
                OptionalLong.of(pid));
    }

    /// How it is connected to without a user and without TLS.
    public URI uri() {
        return URI.create("redis://" + address);
    }

    @Override
    public Kind kind() {
        return Kind.REDIS;
    }

    @Override
    public String name() {
        return "redis " + address;
    }

    @Override
    public String instance() {
        return address;
    }

    @Override
    public String title() {
        return name();
    }
}
