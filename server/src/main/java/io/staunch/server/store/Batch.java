package io.staunch.server.store;

import io.staunch.collect.Reading;
import io.staunch.server.Deployed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is written in one transaction: all of it or nothing.
///
/// @param memories what the detectors know, by target
record Batch(List<Readings> readings, List<Fact> facts, Map<Target, byte[]> memories, List<Deployed> releases) {
    Batch {
        readings = List.copyOf(readings);
        facts = List.copyOf(facts);
        memories = Map.copyOf(memories);
        releases = List.copyOf(releases);
    }

    boolean isEmpty() {
        return readings.isEmpty() && facts.isEmpty() && memories.isEmpty() && releases.isEmpty();
    }

    /// A target as the store knows it.
    ///
    /// @param id unique among all hosts that share the store
    record Target(String id, String service, String name, Optional<String> release, Instant started) {}

    /// One look at a target.
    record Readings(Target target, List<Reading> readings) {}

    /// Something that happened once.
    sealed interface Fact {
        Target target();

        /// A verdict of another kind than before.
        record Given(Target target, Instant at, String kind, String series, String why) implements Fact {}

        record Observed(Target target, Instant at, String source, String statement) implements Fact {}
    }
}
