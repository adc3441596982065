package io.staunch.cli.check;

import io.staunch.cli.Unreadable;
import io.staunch.collect.ConnectFailed;
import io.staunch.collect.MetricsFeed;
import io.staunch.collect.MetricsInstance;
import io.staunch.collect.Probe;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.JsonForm;
import io.staunch.server.Investigation;
import io.staunch.server.InvestigationOptions;
import io.staunch.server.Outcome;
import io.staunch.server.OutcomeForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A check of all instances of a service by their history in a metrics server: it need not be waited for.
///
/// @param worst    decides: one that leaks, else one that could not be told
/// @param outcomes of all instances
record MetricsCheck(Outcome worst, List<Outcome> outcomes) {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);

    static MetricsCheck of(MetricsFeed feed, CheckProgress progress) throws Unreadable, InterruptedException {
        List<Investigation> investigations = new ArrayList<>();
        List<Probe> probes = new ArrayList<>();
        try {
            List<MetricsInstance> instances = feed.look();
            progress.beginInstances(instances);
            for (MetricsInstance instance : instances) {
                Probe probe = feed.open(instance);
                probes.add(probe);
                investigations.add(Investigation.startFor(
                        probe, InvestigationOptions.asked(false), LONG_ENOUGH, progress.of(instance)));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Investigation investigation : investigations) {
                outcomes.add(investigation.await());
            }
            return new MetricsCheck(
                    outcomes.stream()
                            .min(Comparator.comparingInt(MetricsCheck::rank))
                            .orElseThrow(),
                    outcomes);
        } catch (ConnectFailed e) {
            throw new Unreadable(String.valueOf(e.getMessage()), e);
        } finally {
            investigations.forEach(Investigation::close);
            probes.forEach(Probe::close);
        }
    }

    private static int rank(Outcome outcome) {
        return switch (outcome.diagnosis().overall().verdict()) {
            case Verdict.Leaking _ -> 0;
            case Verdict.Unknown _ -> 1;
            case Verdict.Growing _ -> 2;
            case Verdict.Steady _ -> 3;
        };
    }

    Map<String, Object> form() {
        Map<String, Object> form = OutcomeForm.of(worst);
        form.put(
                "instances",
                outcomes.stream()
                        .map(outcome -> {
                            Map<String, Object> one = new LinkedHashMap<>(OutcomeForm.target(outcome.target()));
                            one.put(
                                    "verdict",
                                    JsonForm.verdict(outcome.diagnosis().overall()));
                            return one;
                        })
                        .toList());
        return form;
    }

    String text() {
        StringBuilder text = new StringBuilder(CheckText.of(worst));
        for (Outcome outcome : outcomes) {
            text.append("  instance    ")
                    .append(outcome.target().instance())
                    .append(": ")
                    .append(JsonForm.kind(outcome.diagnosis().overall().verdict()))
                    .append(": ")
                    .append(outcome.diagnosis().overall().verdict().why())
                    .append('\n');
        }
        return text.toString();
    }
}
