package io.staunch.server;

import io.staunch.collect.ConnectFailed;
import io.staunch.collect.MetricsFeed;
import io.staunch.collect.MetricsInstance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks every half minute which instances of a service a metrics server has, on a thread of its own: a server that
/// does not answer holds nobody up. While it does not, those that were there stay.
final class MetricsFinder implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    private final MetricsFeed feed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Found found = new Found(List.of(), Optional.empty());

    /// @param problem why there is none, if it is known
    record Found(List<MetricsInstance> instances, Optional<ConnectFailed> problem) {}

    private MetricsFinder(MetricsFeed feed) {
        this.feed = feed;
    }

    static MetricsFinder start(Place.Metrics place) {
        MetricsFinder finder = new MetricsFinder(MetricsFeed.of(place.server(), place.query()));
        Thread.ofVirtual().name("metrics-" + place.service()).start(finder::run);
        return finder;
    }

    private void run() {
        try {
            do {
                look();
            } while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            feed.close();
        }
    }

    private void look() throws InterruptedException {
        try {
            found = new Found(feed.look(), Optional.empty());
        } catch (ConnectFailed e) {
            boolean gone = e.kind() == ConnectFailed.Kind.NOTHING;
            found = new Found(gone ? List.of() : found.instances(), Optional.of(e));
        }
    }

    Found found() {
        return found;
    }

    MetricsFeed feed() {
        return feed;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
