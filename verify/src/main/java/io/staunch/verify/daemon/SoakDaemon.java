package io.staunch.verify.daemon;

import io.staunch.collect.RecordedProbe;
import io.staunch.server.Investigation;
import io.staunch.server.InvestigationOptions;
import io.staunch.server.OwnHeap;
import io.staunch.server.ReleaseBook;
import io.staunch.server.WatchEvent;
import io.staunch.server.WatchedTarget;
import io.staunch.server.store.Keeper;
import io.staunch.server.store.Retention;
import io.staunch.server.store.StoreAddress;
import io.staunch.server.store.StoreHealth;
import io.staunch.server.web.Interface;
import io.staunch.server.web.Shown;
import io.staunch.server.web.WebServer;
import io.staunch.server.web.WebServerFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/// The daemon but for what finds targets: investigations, store, page and API, over replayed services. Says where it is
/// served, then a line when the recording is over, and stays until it is ended, for three hours at most.
final class SoakDaemon {
    private SoakDaemon() {}

    /// Begins.
    ///
    /// @param args targets, speed, seconds between two readings and hours, both of the recording; the store's file
    public static void main(String[] args) throws WebServerFailed, InterruptedException {
        double speed = Double.parseDouble(args[1]);
        Duration every = Duration.ofSeconds(Long.parseLong(args[2]));
        Duration length = Duration.ofHours(Long.parseLong(args[3]));
        ReplayTime time = ReplayTime.from(Instant.now().minus(length), length, speed);
        InvestigationOptions options = InvestigationOptions.watching(false).readingEvery(every);
        ReleaseBook releases = new ReleaseBook();
        try (OwnHeap _ = OwnHeap.keepSmall();
                Keeper keeper = Keeper.start(StoreAddress.file(Path.of(args[4])), "soak", Retention.USUAL, releases)) {
            List<Replay> replays = new CopyOnWriteArrayList<>();
            for (int i = 0; i < Integer.parseInt(args[0]); i++) {
                ReplayedService service = new ReplayedService(i, time.begin());
                RecordedProbe probe = service.probe(time);
                AtomicReference<Investigation> self = new AtomicReference<>();
                self.set(Investigation.replay(probe, options, service.name(), keeper, time, speed, progress -> {
                    Investigation own = self.get();
                    if (own != null) {
                        keeper.accept(new WatchEvent.Progressed(probe.target(), progress, own.soFar()));
                    }
                }));
                replays.add(new Replay(probe, service.name(), self.get()));
            }
            try (WebServer web =
                    WebServer.start(Interface.loopback(0, true), new Replayed(replays, keeper), releases)) {
                System.out.println(web.address());
                while (!time.isOver()) {
                    Thread.sleep(1_000);
                }
                System.out.println("over; " + keeper.health());
                Thread.sleep(Duration.ofHours(3));
            }
        }
    }

    private record Replay(RecordedProbe probe, String service, Investigation investigation) {}

    /// What page and API show.
    private record Replayed(List<Replay> replays, Keeper keeper) implements Shown {
        @Override
        public List<WatchedTarget> targets() {
            return replays.stream()
                    .map(replay -> new WatchedTarget(
                            replay.probe().target(),
                            replay.service(),
                            Optional.of(replay.investigation().soFar()),
                            Optional.empty()))
                    .toList();
        }

        @Override
        public Optional<StoreHealth> store() {
            return Optional.of(keeper.health());
        }
    }
}
