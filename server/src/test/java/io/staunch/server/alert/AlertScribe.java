package io.staunch.server.alert;

import io.staunch.incident.Incident;
import io.staunch.incident.IncidentStore;
import io.staunch.server.ReleaseBook;
import io.staunch.server.WatchedTarget;
import io.staunch.server.store.Keeper;
import io.staunch.server.store.Retention;
import io.staunch.server.store.StoreAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The process that is killed: tells Slack of the incidents of a directory, as the daemon does, for ten minutes at
/// most.
final class AlertScribe {
    private AlertScribe() {}

    /// Tells.
    ///
    /// @param args the store's address, where Slack is, the directory
    public static void main(String[] args) throws InterruptedException {
        StoreAddress address = new StoreAddress(args[0], Optional.empty(), Optional.empty());
        AlertRoute slack = new AlertRoute(
                AlertRoute.Kind.SLACK,
                Optional.of(URI.create(args[1])),
                Optional.of("xoxb-secret"),
                Optional.of("#alerts"));
        try (Keeper keeper = Keeper.start(address, "host", Retention.USUAL, new ReleaseBook());
                Alerting alerting = Alerting.start(
                        new Alerting.Options(Duration.ZERO, Optional.empty(), List.of(slack)),
                        URI.create("http://localhost:8710/"),
                        Duration.ofMillis(100),
                        new Recorded(new IncidentStore(Path.of(args[2]))),
                        keeper)) {
            Thread.sleep(Duration.ofMinutes(10));
            alerting.warnings().forEach(System.err::println);
        }
    }

    /// The daemon has those alone that are open when it begins.
    private record Recorded(IncidentStore store) implements Alerting.Seen {
        @Override
        public List<Incident> incidents() {
            try {
                return store.all().stream()
                        .filter(incident -> incident.status() == Incident.Status.OPEN)
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Optional<Incident> recorded(String id) {
            try {
                return store.find(id);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public List<WatchedTarget> targets() {
            return List.of();
        }
    }
}
