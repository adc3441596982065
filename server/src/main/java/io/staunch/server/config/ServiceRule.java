package io.staunch.server.config;

import io.staunch.collect.JvmInfo;
import io.staunch.detect.Series;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// How the instances of a service are told, and what holds for them alone.
///
/// @param name     on screens, in alerts and in incidents
/// @param process  is found in the name of an instance's JVM or in an entry of its class path
/// @param heapDump whether a heap dump may be taken of an instance; what holds for all if it does not say
/// @param limits   the value at which a series fails, in its unit, instead of what the instance says itself
public record ServiceRule(String name, Pattern process, Optional<Boolean> heapDump, Map<Series, Double> limits) {
    public ServiceRule {
        limits = Map.copyOf(limits);
    }

    /// Whether this JVM is one of its instances.
    public boolean fits(JvmInfo jvm) {
        return process.matcher(jvm.name()).find()
                || jvm.classPath().stream()
                        .anyMatch(entry -> process.matcher(entry).find());
    }
}
