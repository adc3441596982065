package io.staunch.diagnose;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// All that is known of a target when its suspects are judged. What was not measured is simply not in it.
///
/// @param from        when watching began
/// @param to          now
/// @param histories   the samples of each series, oldest first
/// @param limits      the value at which a series fails
/// @param judgements  the verdict on each series that has one
/// @param overall     the one that explains most
/// @param typesSeen   whether enough class histograms were taken to tell which types grow
/// @param growing     the types that grow, the most to blame first
/// @param owners      the owning library of a growing type as a package URL, where known
/// @param softlyHeld  whether what grows is held by soft references alone
/// @param changes     what was changed on purpose, oldest first
/// @param neighbours  what is known of other processes at the same time
public record Observations(
        Instant from,
        Instant to,
        Map<Series, List<Sample>> histories,
        Map<Series, Double> limits,
        List<Judgement> judgements,
        Judgement overall,
        boolean typesSeen,
        List<Accumulation> growing,
        Map<String, String> owners,
        boolean softlyHeld,
        Optional<Culprit> culprit,
        List<Change> changes,
        List<Neighbour> neighbours) {
    public Observations {
        histories = Map.copyOf(histories);
        limits = Map.copyOf(limits);
        judgements = List.copyOf(judgements);
        growing = List.copyOf(growing);
        owners = Map.copyOf(owners);
        changes = List.copyOf(changes);
        neighbours = List.copyOf(neighbours);
    }

    /// Of a target that was watched alone.
    public Observations(
            Instant from,
            Instant to,
            Map<Series, List<Sample>> histories,
            Map<Series, Double> limits,
            List<Judgement> judgements,
            Judgement overall,
            boolean typesSeen,
            List<Accumulation> growing,
            Map<String, String> owners,
            boolean softlyHeld,
            Optional<Culprit> culprit,
            List<Change> changes) {
        this(
                from,
                to,
                histories,
                limits,
                judgements,
                overall,
                typesSeen,
                growing,
                owners,
                softlyHeld,
                culprit,
                changes,
                List.of());
    }

    /// At that time of looking: the verdict still stands then.
    public Observations asOf(Instant now) {
        return new Observations(
                from,
                now,
                histories,
                limits,
                judgements,
                overall,
                typesSeen,
                growing,
                owners,
                softlyHeld,
                culprit,
                changes,
                neighbours);
    }

    /// With what is known of other processes.
    public Observations beside(List<Neighbour> others) {
        return new Observations(
                from,
                to,
                histories,
                limits,
                judgements,
                overall,
                typesSeen,
                growing,
                owners,
                softlyHeld,
                culprit,
                changes,
                others);
    }

    /// With changes and series that the target itself does not show: releases, schema updates, load.
    public Observations with(Collection<Change> more, Map<Series, List<Sample>> moreHistories) {
        var allChanges = new ArrayList<>(changes);
        allChanges.addAll(more);
        allChanges.sort(Comparator.comparing(Change::at));
        var allHistories = new HashMap<>(histories);
        allHistories.putAll(moreHistories);
        return new Observations(
                from,
                to,
                allHistories,
                limits,
                judgements,
                overall,
                typesSeen,
                growing,
                owners,
                softlyHeld,
                culprit,
                allChanges,
                neighbours);
    }

    List<Sample> history(Series series) {
        return histories.getOrDefault(series, List.of());
    }

    Optional<Judgement> judgement(Series series) {
        return judgements.stream().filter(j -> j.series().equals(series)).findFirst();
    }

    OptionalDouble limit(Series series) {
        Double limit = limits.get(series);
        return limit == null ? OptionalDouble.empty() : OptionalDouble.of(limit);
    }

    boolean leaks() {
        return overall.isLeak();
    }
}
