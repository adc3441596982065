package io.staunch.server;

import io.staunch.collect.HostTargets;
import io.staunch.collect.JvmInfo;
import io.staunch.collect.JvmProbe;
import io.staunch.collect.MetricsInstance;
import io.staunch.collect.PlainProcess;
import io.staunch.collect.ProcessProbe;
import io.staunch.collect.RedisProbe;
import io.staunch.collect.RedisServer;
import io.staunch.collect.RemoteJvm;
import io.staunch.collect.RemoteJvmProbe;
import io.staunch.collect.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks for what may be watched: on this host, and at the places that a plan names. Not thread-safe.
final class Candidates implements AutoCloseable {
    private final Map<Place.Metrics, MetricsFinder> finders = new HashMap<>();
    private final HostTargets host = new HostTargets();

    /// All at this moment, those of named places first.
    List<Candidate> in(WatchPlan plan) {
        List<Candidate> found = new ArrayList<>();
        List<Place> places = plan.places();
        for (Place place : places) {
            switch (place) {
                case Place.Redis redis -> found.add(at(redis));
                case Place.Jmx jmx -> found.add(at(jmx));
                case Place.Metrics metrics ->
                    found.addAll(at(metrics, finders.computeIfAbsent(metrics, MetricsFinder::start)));
            }
        }
        letGoOfOthers(places);
        Set<String> named =
                found.stream().map(candidate -> candidate.target().instance()).collect(Collectors.toSet());
        host.now().stream()
                .filter(target -> target.kind() != Target.Kind.REDIS || !named.contains(target.instance()))
                .forEach(target -> found.add(new Candidate(target.id(), target, Optional.empty(), opening(target))));
        return found;
    }

    private void letGoOfOthers(List<Place> places) {
        finders.entrySet().removeIf(entry -> {
            boolean over = !places.contains(entry.getKey());
            if (over) {
                entry.getValue().close();
            }
            return over;
        });
    }

    private static List<Candidate> at(Place.Metrics place, MetricsFinder finder) {
        MetricsFinder.Found found = finder.found();
        if (found.instances().isEmpty()) {
            return found
                    .problem()
                    .map(problem -> new Candidate(
                            place.toString(),
                            MetricsInstance.unknown(place.service(), place.server()),
                            Optional.of(place.service()),
                            () -> {
                                throw problem;
                            }))
                    .stream()
                    .toList();
        }
        return found.instances().stream()
                .map(instance -> new Candidate(
                        instance.id(),
                        instance,
                        Optional.of(place.service()),
                        () -> finder.feed().open(instance)))
                .toList();
    }

    @Override
    public void close() {
        letGoOfOthers(List.of());
    }

    private static Candidate at(Place.Redis redis) {
        RedisServer server = RedisServer.at(redis.uri());
        return new Candidate(
                redis.service() + " " + server.address(),
                server,
                Optional.of(redis.service()),
                () -> RedisProbe.connect(redis.uri()));
    }

    private static Candidate at(Place.Jmx jmx) {
        return new Candidate(
                jmx.service() + " " + jmx.address(),
                jmx.address().target(),
                Optional.of(jmx.service()),
                () -> RemoteJvmProbe.connect(jmx.address()));
    }

    /// A JVM that can't be attached to is watched from outside.
    private static Candidate.Opening opening(Target target) {
        return switch (target) {
            case JvmInfo jvm ->
                switch (jvm.way()) {
                    case JMX, ATTACH -> () -> JvmProbe.attach(jvm.pid());
                    case COUNTERS, PROC -> () -> ProcessProbe.of(jvm.pid());
                };
            case PlainProcess process -> () -> ProcessProbe.of(process.pid());
            case RedisServer redis -> () -> RedisProbe.connect(redis.uri());
            case RemoteJvm _, MetricsInstance _ ->
                throw new IllegalArgumentException(target.label() + ": expected a process of this host");
        };
    }
}
