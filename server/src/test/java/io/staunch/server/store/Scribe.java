package io.staunch.server.store;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.server.Archive.Remembered;
import io.staunch.server.ReleaseBook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The process that the test kills: keeps the numbers from where its forerunner ended, one every few milliseconds, and
/// says each.
final class Scribe {
    private Scribe() {}

    public static void main(String[] args) throws InterruptedException {
        StoreAddress address = new StoreAddress(args[0], Optional.empty(), Optional.empty());
        try (Keeper keeper = Keeper.start(address, "host", Retention.USUAL, new ReleaseBook())) {
            long next = keeper.remembered(Rig.jvm(7)).map(Scribe::following).orElse(0L);
            while (true) {
                keeper.read(Rig.jvm(7), "shop-api", Rig.threads(next, (double) next));
                keeper.learned(Rig.jvm(7), new byte[] {1});
                System.out.println(next);
                next++;
                Thread.sleep(Duration.ofMillis(3));
            }
        }
    }

    private static long following(Remembered remembered) {
        List<Sample> samples = remembered.samples().getOrDefault(Series.THREADS, List.of());
        return samples.isEmpty() ? 0 : (long) samples.getLast().value() + 1;
    }
}
