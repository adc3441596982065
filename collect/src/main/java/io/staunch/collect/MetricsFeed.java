package io.staunch.collect;

import io.staunch.collect.MetricsInstance.Dialect;
import io.staunch.collect.PrometheusClient.Failed;
import io.staunch.collect.PrometheusClient.Line;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The series of one service in a metrics server, for all its instances at once: a few questions at each interval,
/// however many they are. Each instance's readings wait until they are taken; bounded. Safe for several threads.
public final class MetricsFeed implements AutoCloseable {
    private static final Duration USUAL_PACE = Duration.ofSeconds(15);
    private static final Duration FASTEST = Duration.ofSeconds(2);
    private static final Duration SLOWEST = Duration.ofMinutes(5);
    private static final Duration COARSE = Duration.ofMinutes(5);
    private static final Duration FINE = Duration.ofSeconds(30);
    /// The latest history is read finer.
    private static final Duration RECENT = Duration.ofHours(2);
    private static final Duration MOST_CATCH_UP = Duration.ofMinutes(30);
    private static final List<String> INSTANCE_LABELS =
            List.of("exported_instance", "instance", "pod", "service_instance_id", "host_name");

    private final PrometheusClient client;
    private final MetricsQuery query;
    private final Map<String, MetricsFlow> flows = new HashMap<>();
    private Optional<String> selector = Optional.empty();
    private Duration pace = USUAL_PACE;
    private Instant fetched = Instant.EPOCH;
    private Instant failed = Instant.EPOCH;
    private Optional<String> failure = Optional.empty();

    private MetricsFeed(PrometheusClient client, MetricsQuery query) {
        this.client = client;
        this.query = query;
    }

    /// Asks nothing yet.
    public static MetricsFeed of(PrometheusServer server, MetricsQuery query) {
        return new MetricsFeed(new PrometheusClient(server), query);
    }

    /// The instances that have series now, at least one. Takes at most minutes.
    public synchronized List<MetricsInstance> look() throws ConnectFailed, InterruptedException {
        Instant now = Instant.now();
        try {
            List<Line> lines = selector.isPresent() ? now(selector.get(), now) : List.of();
            for (String next : query.selectors()) {
                if (lines.isEmpty()) {
                    lines = now(next, now);
                    selector = lines.isEmpty() ? selector : Optional.of(next);
                }
            }
            List<MetricsInstance> instances = instances(lines);
            if (instances.isEmpty()) {
                throw new ConnectFailed(
                        ConnectFailed.Kind.NOTHING,
                        client.server() + ": expected series of a JVM, a Redis server or a process with "
                                + String.join(" or ", query.selectors()) + ", found none");
            }
            return instances;
        } catch (Failed e) {
            boolean answered = e.kind() == ConnectFailed.Kind.OTHER;
            String asked = answered ? "; asked for series with " + String.join(" or ", query.selectors()) : "";
            throw new ConnectFailed(e.kind(), expectedAnswer() + e.getMessage() + asked, e);
        }
    }

    private String expectedAnswer() {
        return client.server() + ": expected a metrics server that answers PromQL, found ";
    }

    private List<Line> now(String matchers, Instant now) throws Failed, InterruptedException {
        return client.at(selected(MetricNames.all(), matchers), now);
    }

    private static String selected(String names, String matchers) {
        return "{__name__=~\"" + names + "\"," + matchers + "}";
    }

    private List<MetricsInstance> instances(List<Line> lines) {
        Map<String, List<Line>> byInstance = new TreeMap<>();
        lines.forEach(line -> byInstance
                .computeIfAbsent(instance(line), _ -> new ArrayList<>())
                .add(line));
        List<MetricsInstance> instances = new ArrayList<>();
        byInstance.forEach((name, own) -> {
            Dialect dialect = MetricNames.dialect(own);
            if (dialect != Dialect.UNKNOWN) {
                MetricsInstance instance = describe(name, dialect, own);
                flows.computeIfAbsent(name, _ -> new MetricsFlow()).describe(instance, own);
                instances.add(instance);
            }
        });
        flows.keySet().retainAll(byInstance.keySet());
        return instances;
    }

    private static String instance(Line line) {
        return INSTANCE_LABELS.stream()
                .map(line::label)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("-");
    }

    private MetricsInstance describe(String name, Dialect dialect, List<Line> lines) {
        Instant started = lines.stream()
                .filter(line -> line.name().equals("process_start_time_seconds"))
                .map(line -> Instant.ofEpochMilli(
                        Math.round(line.points().lastEntry().getValue() * 1e3)))
                .findFirst()
                .orElse(Instant.EPOCH);
        return new MetricsInstance(
                "metrics-" + digest(client.server() + "\n" + query.service() + "\n" + name) + "-"
                        + started.getEpochSecond(),
                query.service(),
                name,
                dialect,
                MetricNames.release(lines),
                started);
    }

    private static String digest(String text) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(whole, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256 in every JDK", e);
        }
    }

    /// Watches an instance that [#look] has found, from the beginning of its history here or of its life.
    public synchronized MetricsProbe open(MetricsInstance instance) {
        Instant from = Instant.now().minus(query.history());
        return new MetricsProbe(this, instance, from.isBefore(instance.started()) ? instance.started() : from);
    }

    synchronized Duration pace() {
        return pace;
    }

    synchronized void letGo(MetricsInstance instance) {
        MetricsFlow flow = flows.get(instance.instance());
        if (flow != null && flow.is(instance)) {
            flows.remove(instance.instance());
        }
    }

    synchronized List<Reading> take(MetricsInstance instance) throws TargetGone {
        Instant now = Instant.now();
        if (failure.isPresent() && now.isBefore(failed.plus(pace.dividedBy(2)))) {
            throw new TargetGone(TargetGone.Kind.NOT_ANSWERING, failure.get());
        }
        if (!now.isBefore(fetched.plus(pace.dividedBy(2)))) {
            fetch(now);
        }
        MetricsFlow flow = flows.get(instance.instance());
        return flow == null || !flow.is(instance) ? List.of() : flow.take();
    }

    private void fetch(Instant now) throws TargetGone {
        String matchers = selector.orElse(query.selectors().getFirst());
        try {
            if (flows.values().stream().anyMatch(flow -> !flow.hasHistory())) {
                history(matchers, now);
            } else {
                follow(matchers, now);
            }
            fetched = now;
            failure = Optional.empty();
        } catch (Failed e) {
            // All instances ask: it need not be waited for anew for each.
            failed = Instant.now();
            failure = Optional.of(expectedAnswer() + e.getMessage());
            throw new TargetGone(TargetGone.Kind.NOT_ANSWERING, failure.get(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetGone(TargetGone.Kind.NOT_ANSWERING, expectedAnswer() + "that we were interrupted", e);
        }
    }

    /// Each metric by questions of its own, thinned: of what has garbage in it the lowest of each step, of the rest the
    /// last. Functions over a range leave gaps as gaps.
    private void history(String matchers, Instant now) throws Failed, InterruptedException {
        Map<String, List<Line>> frames = new HashMap<>();
        Instant first = firstNeeded(now);
        Instant recent = first.isAfter(now.minus(RECENT)) ? first : now.minus(RECENT);
        TreeSet<String> names = new TreeSet<>();
        flows.values().forEach(flow -> names.addAll(flow.names()));
        measurePace(matchers, now);
        Duration fine = FINE.compareTo(pace.multipliedBy(2)) < 0 ? pace.multipliedBy(2) : FINE;
        Duration coarse = COARSE.compareTo(fine) < 0 ? fine : COARSE;
        for (String name : names) {
            List<Line> lines = new ArrayList<>();
            if (first.isBefore(recent)) {
                lines.addAll(client.range(thinned(name, matchers, coarse), first, recent, coarse));
            }
            lines.addAll(client.range(thinned(name, matchers, fine), recent.plus(fine), now, fine));
            frames.put(name, lines);
        }
        for (MetricsFlow flow : flows.values()) {
            if (!flow.hasHistory()) {
                List<Line> own = new ArrayList<>();
                frames.forEach((name, lines) -> lines.stream()
                        .filter(line -> flow.isNamed(instance(line)))
                        .forEach(line -> own.add(named(line, name))));
                flow.accept(own);
                flow.closeHistory();
            }
        }
    }

    /// A new instance of a service that is known needs no more than its own life.
    private Instant firstNeeded(Instant now) {
        Instant earliest = now.minus(query.history());
        return flows.values().stream()
                .filter(flow -> !flow.hasHistory())
                .map(MetricsFlow::started)
                .map(started -> started.isBefore(earliest) ? earliest : started)
                .min(Instant::compareTo)
                .orElse(earliest);
    }

    /// A function took the name away.
    private static Line named(Line line, String original) {
        return new Line(original.replace('.', '_'), original, line.labels(), line.points());
    }

    private static String thinned(String name, String matchers, Duration step) {
        String plain = name.replace('.', '_');
        String range = "{__name__=\"" + name + "\"," + matchers + "}[" + step.toSeconds() + "s]";
        if (MetricNames.countsRequests(plain)) {
            return "rate({__name__=\"" + name + "\"," + matchers + "}[" + Math.max(step.toSeconds(), COARSE.toSeconds())
                    + "s])";
        }
        return (MetricNames.countsByItsLows(plain) ? "min_over_time(" : "last_over_time(") + range + ")";
    }

    /// By the times of one metric's samples.
    private void measurePace(String matchers, Instant now) throws Failed, InterruptedException {
        List<Long> gaps = client.at(selected(MetricNames.gauges(), matchers) + "[10m]", now).stream()
                .limit(1)
                .flatMap(line -> gaps(line.points()))
                .sorted()
                .toList();
        if (!gaps.isEmpty()) {
            Duration usual = Duration.ofMillis(gaps.get(gaps.size() / 2));
            pace = usual.compareTo(FASTEST) < 0 ? FASTEST : usual.compareTo(SLOWEST) > 0 ? SLOWEST : usual;
        }
    }

    private static Stream<Long> gaps(Map<Long, Double> points) {
        List<Long> times = List.copyOf(points.keySet());
        return Stream.iterate(1, i -> i < times.size(), i -> i + 1).map(i -> times.get(i) - times.get(i - 1));
    }

    /// The samples themselves since the last time.
    private void follow(String matchers, Instant now) throws Failed, InterruptedException {
        Duration since = Duration.between(fetched, now).plus(pace.multipliedBy(2));
        Duration window = since.compareTo(MOST_CATCH_UP) > 0 ? MOST_CATCH_UP : since;
        List<Line> lines = new ArrayList<>(
                client.at(selected(MetricNames.gauges(), matchers) + "[" + window.toSeconds() + "s]", now));
        TreeSet<String> counters = new TreeSet<>();
        flows.values().forEach(flow -> counters.addAll(flow.counters()));
        for (String name : counters) {
            client.at(thinned(name, matchers, COARSE), now).forEach(line -> lines.add(named(line, name)));
        }
        flows.values()
                .forEach(flow -> flow.accept(lines.stream()
                        .filter(line -> flow.isNamed(instance(line)))
                        .toList()));
    }

    @Override
    public void close() {
        client.close();
    }
}
