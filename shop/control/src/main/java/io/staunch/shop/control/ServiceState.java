package io.staunch.shop.control;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One process of the shop as `shop.json` tells it: kind `jvm`, `postgresql` or `redis`; `release` and `current` (the
/// link to the release's folder) for services that come in releases.
record ServiceState(
        String name,
        @Nullable String instance,
        String kind,
        @Nullable Long pid,
        @Nullable Instant startedAt,
        int port,
        @Nullable String release,
        @Nullable String current,
        String log) {
    static ServiceState of(String name, String kind, Optional<KnownProcess> process, int port, Path log) {
        return new ServiceState(
                name,
                null,
                kind,
                process.map(KnownProcess::pid).orElse(null),
                process.map(KnownProcess::startedAt).orElse(null),
                port,
                null,
                null,
                log.toString());
    }

    ServiceState with(String instanceName, @Nullable String currentRelease, Path currentLink) {
        return new ServiceState(
                name, instanceName, kind, pid, startedAt, port, currentRelease, currentLink.toString(), log);
    }

    Optional<KnownProcess> process() {
        return pid == null || startedAt == null ? Optional.empty() : Optional.of(new KnownProcess(pid, startedAt));
    }
}
