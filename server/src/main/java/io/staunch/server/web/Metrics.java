package io.staunch.server.web;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.staunch.collect.Target;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.JsonForm;
import io.staunch.server.Outcome;
import io.staunch.server.WatchPlan;
import io.staunch.server.WatchedTarget;
import io.staunch.server.store.StoreHealth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What Prometheus scrapes: for each target its verdict, the rate of a leak, the time left, and what watching cost it;
/// and how the store does.
final class Metrics {
    static final String TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final List<String> KINDS = List.of("leaking", "growing", "steady", "unknown");

    private final GaugeSnapshot.Builder verdicts = GaugeSnapshot.builder()
            .name("staunch_verdict")
            .help("1 for the kind of verdict that stands, 0 for the others");
    private final GaugeSnapshot.Builder rates = GaugeSnapshot.builder()
            .name("staunch_leak_per_hour")
            .help("growth an hour of the series that leaks, in its own unit");
    private final GaugeSnapshot.Builder left =
            GaugeSnapshot.builder().name("staunch_exhaustion_seconds").help("time until a leak reaches its limit");
    private final CounterSnapshot.Builder pauses = CounterSnapshot.builder()
            .name("staunch_added_pause_seconds")
            .help("how long watching made the target stand still");
    private final CounterSnapshot.Builder cpu = CounterSnapshot.builder()
            .name("staunch_target_cpu_seconds")
            .help("processor time that the target spent on being watched");

    private final GaugeSnapshot.Builder storeUp = GaugeSnapshot.builder()
            .name("staunch_store_up")
            .help("1 if the store took all that it was given last, 0 if not");
    private final GaugeSnapshot.Builder storeWaiting =
            GaugeSnapshot.builder().name("staunch_store_waiting").help("readings and facts that are not written yet");
    private final CounterSnapshot.Builder storeLost =
            CounterSnapshot.builder().name("staunch_store_lost").help("readings and facts that were never written");

    private final GaugeSnapshot.Builder counts = GaugeSnapshot.builder()
            .name("staunch_targets")
            .help("targets that are watched, and those that are known and are not");
    private final GaugeSnapshot.Builder mostTargets =
            GaugeSnapshot.builder().name("staunch_targets_max").help("targets that are watched at most");
    private final GaugeSnapshot.Builder series =
            GaugeSnapshot.builder().name("staunch_series").help("series that are kept in memory");
    private final GaugeSnapshot.Builder resident =
            GaugeSnapshot.builder().name("process_resident_memory_bytes").help("what Staunch itself holds");
    private final CounterSnapshot.Builder ownCpu =
            CounterSnapshot.builder().name("process_cpu_seconds").help("processor time of Staunch itself");

    private Metrics() {}

    static String of(List<WatchedTarget> targets, Optional<StoreHealth> store) {
        Metrics metrics = new Metrics();
        store.ifPresent(metrics::add);
        targets.forEach(metrics::add);
        metrics.addOwn(targets);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create()
                    .write(
                            text,
                            MetricSnapshots.of(
                                    metrics.verdicts.build(),
                                    metrics.rates.build(),
                                    metrics.left.build(),
                                    metrics.pauses.build(),
                                    metrics.cpu.build(),
                                    metrics.storeUp.build(),
                                    metrics.storeWaiting.build(),
                                    metrics.storeLost.build(),
                                    metrics.counts.build(),
                                    metrics.mostTargets.build(),
                                    metrics.series.build(),
                                    metrics.resident.build(),
                                    metrics.ownCpu.build()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private void addOwn(List<WatchedTarget> targets) {
        long watched = targets.stream().filter(one -> one.outcome().isPresent()).count();
        counts.dataPoint(gauge(Labels.of("state", "watched"), (double) watched));
        counts.dataPoint(gauge(Labels.of("state", "not watched"), (double) (targets.size() - watched)));
        mostTargets.dataPoint(gauge(Labels.EMPTY, WatchPlan.MOST_TARGETS));
        long kept = targets.stream()
                .flatMap(one -> one.outcome().stream())
                .mapToLong(outcome -> outcome.observations().histories().size())
                .sum();
        series.dataPoint(gauge(Labels.EMPTY, (double) kept));
        Own.residentBytes().ifPresent(bytes -> resident.dataPoint(gauge(Labels.EMPTY, (double) bytes)));
        Own.cpu().ifPresent(time -> ownCpu.dataPoint(counted(Labels.EMPTY, time.toMillis() / 1e3)));
    }

    private void add(StoreHealth store) {
        storeUp.dataPoint(gauge(Labels.EMPTY, store.problem().isEmpty() ? 1 : 0));
        storeWaiting.dataPoint(gauge(Labels.EMPTY, (double) store.waiting()));
        storeLost.dataPoint(counted(Labels.EMPTY, (double) store.lost()));
    }

    private void add(WatchedTarget target) {
        target.outcome().ifPresent(outcome -> {
            Labels of = labels(target.target());
            add(of, outcome);
            pauses.dataPoint(counted(of, outcome.cost().addedPauseMillis() / 1e3));
            cpu.dataPoint(counted(of, outcome.cost().targetCpuMillis() / 1e3));
        });
    }

    private static Labels labels(Target target) {
        Labels labels = Labels.of("target", target.name(), "kind", target.kind().toString());
        return target.processId().isPresent()
                ? labels.add("pid", Long.toString(target.processId().getAsLong()))
                : labels.add("address", target.instance());
    }

    private void add(Labels of, Outcome outcome) {
        Verdict verdict = outcome.diagnosis().overall().verdict();
        String series = outcome.diagnosis().overall().series().name();
        for (String kind : KINDS) {
            verdicts.dataPoint(
                    gauge(of.add("verdict", kind), JsonForm.kind(verdict).equals(kind) ? 1 : 0));
        }
        if (verdict instanceof Verdict.Leaking leaking) {
            rates.dataPoint(gauge(of.add("series", series), leaking.rate().perHour()));
            leaking.exhaustion()
                    .map(end -> Duration.between(Instant.now(), end.expected()).toMillis() / 1e3)
                    .ifPresent(seconds -> left.dataPoint(gauge(of, Math.max(0, seconds))));
        }
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot gauge(Labels labels, double value) {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value(value)
                .build();
    }

    private static CounterSnapshot.CounterDataPointSnapshot counted(Labels labels, double value) {
        return CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels)
                .value(value)
                .build();
    }
}
