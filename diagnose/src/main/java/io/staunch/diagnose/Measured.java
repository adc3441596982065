package io.staunch.diagnose;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The series of a target and what they say.
///
/// @param from       when watching began
/// @param to         now
/// @param histories  the samples of each series, oldest first
/// @param limits     the value at which a series fails
/// @param judgements the verdict on each series that has one
/// @param overall    the one that explains most
public record Measured(
        Instant from,
        Instant to,
        Map<Series, List<Sample>> histories,
        Map<Series, Double> limits,
        List<Judgement> judgements,
        Judgement overall) {
    public Measured {
        histories = Map.copyOf(histories);
        limits = Map.copyOf(limits);
        judgements = List.copyOf(judgements);
    }

    Measured until(Instant later) {
        return new Measured(from, later, histories, limits, judgements, overall);
    }

    Measured with(Map<Series, List<Sample>> more) {
        Map<Series, List<Sample>> all = new HashMap<>(histories);
        all.putAll(more);
        return new Measured(from, to, all, limits, judgements, overall);
    }

    /// The verdicts alone, without what they were drawn from.
    public Measured verdictsAt(Instant now) {
        return new Measured(from, now, Map.of(), Map.of(), judgements, overall);
    }
}
