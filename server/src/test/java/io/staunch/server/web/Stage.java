package io.staunch.server.web;

import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.server.HeapShelf;
import io.staunch.server.ReleaseBook;
import io.staunch.server.WatchedTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A daemon's page over recordings: these targets, these incidents.
final class Stage implements AutoCloseable {
    private final WebServer server;

    private Stage(WebServer server) {
        this.server = server;
    }

    static Stage of(Path directory, List<WatchedTarget> targets, List<Incident> incidents)
            throws IOException, WebServerFailed {
        IncidentStore store = new IncidentStore(directory);
        for (Incident incident : incidents) {
            store.save(incident);
        }
        HeapShelf heaps = new HeapShelf(directory.resolve("heaps"));
        heaps.put(Recordings.heap(1));
        heaps.put(Recordings.heap(2));
        Shown shown = new Shown() {
            @Override
            public List<WatchedTarget> targets() {
                return targets;
            }

            @Override
            public Optional<IncidentStore> incidents() {
                return Optional.of(store);
            }

            @Override
            public Optional<HeapShelf> heaps() {
                return Optional.of(heaps);
            }
        };
        return new Stage(WebServer.start(Interface.loopback(0, true), shown, new ReleaseBook()));
    }

    URI address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }
}
