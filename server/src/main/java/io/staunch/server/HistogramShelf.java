package io.staunch.server;

import io.staunch.collect.Histogram;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The class histograms of live objects that were taken, and when the next one is due: as soon as the pauses so far
/// stay within their share of the time. Bounded: a long row keeps every other one. Not thread-safe.
final class HistogramShelf {
    private static final int MOST = 40;
    private static final int MOST_OVER_FORECAST = 4;
    private static final Duration SHORTEST_GAP = Duration.ofMillis(1_500);
    /// A little less than the time between two readings of a young process, so that one comes with each.
    private static final Duration HURRIED_GAP = Duration.ofSeconds(2);

    private final List<Histogram> histograms = new ArrayList<>();
    private double pauseShare;
    private Duration gap;
    private Duration predicted = Duration.ZERO;
    private int taken;

    /// @param gap the time between two, unless their pauses ask for more
    HistogramShelf(double pauseShare, Duration gap) {
        this.pauseShare = pauseShare;
        this.gap = gap.compareTo(SHORTEST_GAP) < 0 ? SHORTEST_GAP : gap;
    }

    /// From now on the pauses keep to this share of the time.
    void allow(double share) {
        pauseShare = share;
    }

    /// @param forecast of its pause, by the size of the heap
    void add(Histogram histogram, Duration forecast) {
        predicted = forecast;
        taken++;
        histograms.add(histogram);
        if (histograms.size() > MOST) {
            for (int i = histograms.size() - 2; i > 0; i -= 2) {
                histograms.remove(i);
            }
            gap = gap.multipliedBy(2);
        }
    }

    /// When the next one may be taken.
    ///
    /// @param hurried whether they may follow each other closely, as far as their pauses keep to their share
    Instant due(Instant first, boolean hurried) {
        if (histograms.isEmpty()) {
            return first;
        }
        Duration least = hurried && HURRIED_GAP.compareTo(gap) < 0 ? HURRIED_GAP : gap;
        Duration rest = Duration.ofNanos((long) (usualPause().toNanos() / pauseShare));
        return histograms.getLast().at().plus(rest.compareTo(least) > 0 ? rest : least);
    }

    /// The lesser of the last two, and no more than the size of the heap explains: a pause that met a busy machine does
    /// not stand for the next.
    private Duration usualPause() {
        Duration last = histograms.getLast().pause();
        Duration before = histograms.get(Math.max(0, histograms.size() - 2)).pause();
        Duration explained = predicted.multipliedBy(MOST_OVER_FORECAST);
        return Stream.of(last, before, explained).min(Duration::compareTo).orElseThrow();
    }

    List<Histogram> all() {
        return List.copyOf(histograms);
    }

    /// From the first to the last.
    Duration span() {
        return histograms.isEmpty()
                ? Duration.ZERO
                : Duration.between(
                        histograms.getFirst().at(), histograms.getLast().at());
    }

    /// How many there were altogether, those that were dropped included.
    int taken() {
        return taken;
    }
}
