package io.staunch.collect;

import io.staunch.collect.MetricNames.Part;
import io.staunch.collect.PrometheusClient.Line;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/// What comes of one instance from a metrics server, made into readings: parts of one sample time are added up. Not
/// thread-safe.
final class MetricsFlow {
    private static final int MOST_WAITING = 50_000;

    private final Set<String> names = new HashSet<>();
    private final Map<Series, Double> limits = new HashMap<>();
    private Optional<MetricsInstance> instance = Optional.empty();
    private List<Reading> waiting = new ArrayList<>();
    private boolean liveSetKnown;
    private boolean historyRead;
    private double oldPool = Double.NaN;
    private double lastLiveSet = Double.NaN;
    private long latestMillis = Long.MIN_VALUE;

    /// Takes what the latest look has of it. Another life begins anew.
    void describe(MetricsInstance latest, List<Line> lines) {
        if (instance.isPresent() && !instance.get().id().equals(latest.id())) {
            waiting = new ArrayList<>();
            historyRead = false;
            lastLiveSet = Double.NaN;
            latestMillis = Long.MIN_VALUE;
        }
        instance = Optional.of(latest);
        names.clear();
        lines.stream()
                .filter(line -> MetricNames.isGauge(line.name()) || MetricNames.countsRequests(line.name()))
                .forEach(line -> names.add(line.original()));
        liveSetKnown = MetricNames.knowsLiveSet(lines);
        limits.clear();
        limits(latest, lines).forEach((series, parts) -> {
            double sum = parts.values().stream()
                    .filter(value -> value > 0)
                    .mapToDouble(v -> v)
                    .sum();
            if (sum > 0) {
                limits.put(series, sum);
            }
        });
        oldPool = limits.getOrDefault(MetricNames.OLD_POOL, limits.getOrDefault(Series.HEAP_USED, Double.NaN));
        Double heap = limits.get(Series.HEAP_USED);
        if (heap != null) {
            limits.put(Series.LIVE_SET, heap);
            limits.put(MetricNames.UPPER_BOUND, heap);
        }
    }

    private static Map<Series, Map<String, Double>> limits(MetricsInstance own, List<Line> lines) {
        Map<Series, Map<String, Double>> parts = new HashMap<>();
        for (Line line : lines) {
            for (Part part : MetricNames.limits(own.dialect(), line)) {
                parts.computeIfAbsent(part.series(), _ -> new HashMap<>())
                        .put(part.key(), line.points().lastEntry().getValue());
            }
        }
        return parts;
    }

    boolean is(MetricsInstance other) {
        return instance.filter(known -> known.id().equals(other.id())).isPresent();
    }

    Instant started() {
        return instance.map(MetricsInstance::started).orElse(Instant.EPOCH);
    }

    boolean isNamed(String name) {
        return instance.filter(known -> known.instance().equals(name)).isPresent();
    }

    /// As the server has them.
    Set<String> names() {
        return names;
    }

    List<String> counters() {
        return names.stream()
                .filter(name -> MetricNames.countsRequests(name.replace('.', '_')))
                .toList();
    }

    boolean hasHistory() {
        return historyRead;
    }

    void closeHistory() {
        historyRead = true;
    }

    List<Reading> take() {
        List<Reading> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    /// Takes its lines; what is not later than what came before is left out.
    void accept(List<Line> lines) {
        MetricsInstance own = instance.orElseThrow();
        long from = Math.max(latestMillis + 1, own.started().toEpochMilli());
        TreeMap<Long, Map<Series, Map<String, Double>>> frames = new TreeMap<>();
        Map<Series, Set<String>> whole = new HashMap<>();
        for (Line line : lines) {
            for (Part part : parts(own, line)) {
                whole.computeIfAbsent(part.series(), _ -> new HashSet<>()).add(part.key());
                line.points()
                        .tailMap(from)
                        .forEach((at, value) -> frames.computeIfAbsent(at, _ -> new HashMap<>())
                                .computeIfAbsent(part.series(), _ -> new HashMap<>())
                                .put(part.key(), value));
            }
        }
        frames.forEach((at, sums) -> sums.forEach((series, parts) -> {
            if (isWhole(series, parts, whole)) {
                double sum = parts.values().stream().mapToDouble(value -> value).sum();
                reading(series, Instant.ofEpochMilli(at), sum).ifPresent(waiting::add);
            }
        }));
        if (!frames.isEmpty()) {
            latestMillis = frames.lastKey();
        }
        if (waiting.size() > MOST_WAITING) {
            waiting = new ArrayList<>(waiting.subList(waiting.size() - MOST_WAITING / 2, waiting.size()));
        }
    }

    private static List<Part> parts(MetricsInstance own, Line line) {
        return MetricNames.countsRequests(line.name())
                ? List.of(new Part(Series.REQUESTS, line.labels().toString()))
                : MetricNames.parts(own.dialect(), line);
    }

    /// A memory without one of its pools would look as if it had shrunk; of threads, a state that none is in is
    /// missing.
    private static boolean isWhole(Series series, Map<String, Double> parts, Map<Series, Set<String>> whole) {
        return series.unit() != Unit.BYTES
                || parts.size() >= whole.getOrDefault(series, Set.of()).size();
    }

    private Optional<Reading> reading(Series series, Instant at, double value) {
        if (series.equals(MetricNames.SHARE_AFTER_COLLECTION)) {
            return Double.isNaN(oldPool) ? Optional.empty() : liveSet(at, value * oldPool);
        }
        if (series.equals(Series.LIVE_SET)) {
            boolean better = names.stream().anyMatch(name -> name.contains("after_gc") || name.contains("after.gc"));
            return better && !Double.isNaN(oldPool) ? Optional.empty() : liveSet(at, value);
        }
        if (series.equals(MetricNames.UPPER_BOUND) && liveSetKnown) {
            return Optional.empty();
        }
        return Optional.of(of(series, at, value));
    }

    /// A sample only if it has changed: in between the server repeats what was left after the collection before.
    private Optional<Reading> liveSet(Instant at, double bytes) {
        if (bytes <= 0 || bytes == lastLiveSet) {
            return Optional.empty();
        }
        lastLiveSet = bytes;
        return Optional.of(of(Series.LIVE_SET, at, bytes));
    }

    private Reading of(Series series, Instant at, double value) {
        Double limit = limits.get(series);
        return new Reading(
                series, new Sample(at, value), limit == null ? OptionalDouble.empty() : OptionalDouble.of(limit));
    }
}
