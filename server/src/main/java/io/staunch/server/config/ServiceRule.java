package io.staunch.server.config;

import io.staunch.collect.JvmInfo;
import io.staunch.collect.MetricsInstance;
import io.staunch.collect.PlainProcess;
import io.staunch.collect.RedisServer;
import io.staunch.collect.RemoteJvm;
import io.staunch.collect.Target;
import io.staunch.detect.Series;
import io.staunch.server.Place;
import io.staunch.server.response.Charge;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// How the instances of a service are told, and what holds for them alone.
///
/// @param name     on screens, in alerts and in incidents
/// @param process  is found in the name of an instance, in an entry of its class path or in its command line
/// @param heapDump whether a heap dump may be taken of an instance; what holds for all if it does not say
/// @param charge   how far Staunch may go for it, and by which way
/// @param limits   the value at which a series fails, in its unit, instead of what the instance says itself
/// @param places   where its instances are, beside the processes of this host
public record ServiceRule(
        String name,
        Optional<Pattern> process,
        Optional<Boolean> heapDump,
        Map<Series, Double> limits,
        List<Place> places,
        Charge charge) {
    public ServiceRule {
        places = List.copyOf(places);
        limits = Map.copyOf(limits);
    }

    /// Whether this process of the host is one of its instances.
    public boolean fits(Target target) {
        return switch (target) {
            case JvmInfo jvm -> found(jvm.name()) || jvm.classPath().stream().anyMatch(this::found);
            case PlainProcess other -> found(other.name()) || found(other.command());
            case RedisServer redis -> found(redis.name());
            case RemoteJvm _, MetricsInstance _ -> false;
        };
    }

    private boolean found(String text) {
        return process.isPresent() && process.get().matcher(text).find();
    }
}
