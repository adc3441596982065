package io.staunch.collect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a JVM's heap holds, by type, the most bytes first.
///
/// @param at    when the target had counted
/// @param pause how long the target stood still for it
/// @param live  true if a full collection came first, so that only what is reachable was counted
public record Histogram(Instant at, Duration pause, boolean live, List<TypeCount> types) {
    public Histogram {
        types = List.copyOf(types);
    }

    public long bytes() {
        return types.stream().mapToLong(TypeCount::bytes).sum();
    }

    public long instances() {
        return types.stream().mapToLong(TypeCount::instances).sum();
    }
}
