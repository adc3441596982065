package io.staunch.collect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Watches one instance of a service by its series in a metrics server: first what they were, then what is new. Costs
/// the instance nothing.
public final class MetricsProbe implements Probe {
    private final MetricsFeed feed;
    private final MetricsInstance target;
    private final Instant from;

    MetricsProbe(MetricsFeed feed, MetricsInstance target, Instant from) {
        this.feed = feed;
        this.target = target;
        this.from = from;
    }

    @Override
    public MetricsInstance target() {
        return target;
    }

    /// The beginning of what is looked at.
    public Instant from() {
        return from;
    }

    /// How often there is something new.
    public Duration pace() {
        return feed.pace();
    }

    /// All that is new of it, the oldest first. Throws [TargetGone] only if the metrics server does not answer.
    @Override
    public List<Reading> read() throws TargetGone {
        return feed.take(target);
    }

    @Override
    public Cost cost() {
        return Cost.NONE;
    }

    @Override
    public void close() {
        feed.letGo(target);
    }
}
