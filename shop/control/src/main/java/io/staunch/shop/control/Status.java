package io.staunch.shop.control;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `shop status` prints: the shop's file, and whether each process is alive and answers now.
record Status(
        String schema,
        String state,
        String dir,
        @Nullable String url,
        @Nullable Integer schemaVersion,
        @Nullable Instant endsAt,
        @Nullable Long supervisorPid,
        @Nullable String events,
        List<ServiceStatus> services) {
    private static final String SCHEMA = "shop.status/1";

    record ServiceStatus(
            String name,
            @Nullable String instance,
            String kind,
            @Nullable Long pid,
            @Nullable Instant startedAt,
            int port,
            @Nullable String release,
            @Nullable String current,
            String log,
            boolean alive,
            boolean healthy) {}

    static Status of(Path dir) throws IOException, ShopException, InterruptedException {
        Optional<ShopState> found =
                ShopState.read(dir).filter(state -> state.supervisor().alive());
        if (found.isEmpty()) {
            return new Status(SCHEMA, "stopped", dir.toString(), null, null, null, null, null, List.of());
        }
        ShopState state = found.get();
        List<ServiceStatus> services = new ArrayList<>();
        for (ServiceState service : state.services()) {
            services.add(look(service));
        }
        return new Status(
                SCHEMA,
                state.state(),
                state.dir(),
                state.url(),
                state.schemaVersion(),
                state.endsAt(),
                state.supervisor().pid(),
                dir.resolve("events.jsonl").toString(),
                services);
    }

    private static ServiceStatus look(ServiceState service) throws InterruptedException {
        boolean alive = service.process().map(KnownProcess::alive).orElse(false);
        boolean answersHttp = service.kind().equals("jvm") && !service.name().equals(Shop.BALANCER);
        boolean answers = alive && (answersHttp ? Health.http(service.port()) : Health.listens(service.port()));
        return new ServiceStatus(
                service.name(),
                service.instance(),
                service.kind(),
                service.pid(),
                service.startedAt(),
                service.port(),
                service.release(),
                service.current(),
                service.log(),
                alive,
                answers);
    }
}
