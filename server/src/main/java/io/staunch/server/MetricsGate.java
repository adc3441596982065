package io.staunch.server;

import io.staunch.collect.ConnectFailed;
import io.staunch.collect.MetricsFeed;
import io.staunch.collect.MetricsInstance;
import io.staunch.collect.MetricsProbe;
import io.staunch.collect.MetricsQuery;
import io.staunch.collect.PrometheusServer;
import io.staunch.server.Gate.Judged;
import io.staunch.server.Gate.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Judges by the history in a metrics server, without a daemon. A selector is a release, which the instances must tell
/// by a label, or
/// label matchers of PromQL such as `version="2.4.0"`.
public final class MetricsGate {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(1);

    private final PrometheusServer server;
    private final MetricsQuery service;

    /// Asks nothing yet; the service's series are those of `service`.
    public MetricsGate(PrometheusServer server, MetricsQuery service) {
        this.server = server;
        this.service = service;
    }

    /// One side has no instance, or none yet.
    private static final class NotThere extends Exception {
        NotThere(String message) {
            super(message);
        }
    }

    /// By the history up to now; takes seconds, with much of it a minute. It can't tell while a side has no instance.
    public Judged judge(Question question) throws ConnectFailed, InterruptedException {
        try {
            return Gate.judge(side(question.baseline()), side(question.canary()), question.tolerable());
        } catch (NotThere e) {
            return Judged.unsure(String.valueOf(e.getMessage()));
        }
    }

    private List<Outcome> side(String words) throws NotThere, ConnectFailed, InterruptedException {
        boolean matchers = words.contains("=");
        try (MetricsFeed feed = MetricsFeed.of(server, matchers ? service.narrowedBy(words) : service)) {
            List<MetricsInstance> found = feed.look();
            List<MetricsInstance> meant = matchers
                    ? found
                    : found.stream()
                            .filter(instance ->
                                    instance.release().filter(words::equals).isPresent())
                            .toList();
            if (meant.isEmpty()) {
                throw new NotThere(server + ": expected an instance of " + service.service() + " in release " + words
                        + ", found " + releases(found) + "; a selector may also be matchers such as version=\"2.4.0\"");
            }
            return outcomes(feed, meant);
        } catch (ConnectFailed e) {
            if (e.kind() == ConnectFailed.Kind.NOTHING) {
                throw new NotThere(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private static String releases(List<MetricsInstance> found) {
        TreeSet<String> releases = found.stream()
                .flatMap(instance -> instance.release().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return found.size()
                + (found.size() == 1 ? " instance" : " instances")
                + (releases.isEmpty() ? " that tell no release" : " in " + String.join(", ", releases));
    }

    private static List<Outcome> outcomes(MetricsFeed feed, List<MetricsInstance> instances)
            throws InterruptedException {
        List<MetricsProbe> probes = new ArrayList<>();
        List<Investigation> investigations = new ArrayList<>();
        try {
            for (MetricsInstance instance : instances) {
                MetricsProbe probe = feed.open(instance);
                probes.add(probe);
                investigations.add(
                        Investigation.startFor(probe, InvestigationOptions.asked(false), LONG_ENOUGH, progress -> {}));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Investigation investigation : investigations) {
                outcomes.add(investigation.await());
            }
            return outcomes;
        } finally {
            investigations.forEach(Investigation::close);
            probes.forEach(MetricsProbe::close);
        }
    }
}
