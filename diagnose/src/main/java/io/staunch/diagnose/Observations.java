package io.staunch.diagnose;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// All that is known of a target when its suspects are judged. What was not measured is simply not in it.
///
/// @param changes    what was changed on purpose, oldest first
/// @param neighbours what is known of other processes at the same time
public record Observations(Measured measured, Held held, List<Change> changes, List<Neighbour> neighbours) {
    public Observations {
        changes = List.copyOf(changes);
        neighbours = List.copyOf(neighbours);
    }

    /// Of a target that was watched alone, with nothing known of what was changed.
    public Observations(Measured measured, Held held) {
        this(measured, held, List.of(), List.of());
    }

    /// At that time of looking: the verdict still stands then.
    public Observations asOf(Instant now) {
        return new Observations(measured.until(now), held, changes, neighbours);
    }

    /// With what is known of other processes.
    public Observations beside(List<Neighbour> others) {
        return new Observations(measured, held, changes, others);
    }

    /// With changes and series that the target itself does not show: releases, schema updates, load.
    public Observations with(Collection<? extends Change> more, Map<Series, List<Sample>> moreHistories) {
        List<Change> all = new ArrayList<>(changes);
        all.addAll(more);
        all.sort(Comparator.comparing(Change::at));
        return new Observations(measured.with(moreHistories), held, all, neighbours);
    }

    /// When watching began.
    public Instant from() {
        return measured.from();
    }

    /// When this was known.
    public Instant to() {
        return measured.to();
    }

    /// The samples of each series, oldest first.
    public Map<Series, List<Sample>> histories() {
        return measured.histories();
    }

    /// The value at which a series fails.
    public Map<Series, Double> limits() {
        return measured.limits();
    }

    /// The verdict on each series that has one.
    public List<Judgement> judgements() {
        return measured.judgements();
    }

    /// The verdict that explains most.
    public Judgement overall() {
        return measured.overall();
    }

    List<Sample> history(Series series) {
        return histories().getOrDefault(series, List.of());
    }

    Optional<Judgement> judgement(Series series) {
        return judgements().stream().filter(j -> j.series().equals(series)).findFirst();
    }

    OptionalDouble limit(Series series) {
        Double limit = limits().get(series);
        return limit == null ? OptionalDouble.empty() : OptionalDouble.of(limit);
    }

    boolean leaks() {
        return overall().isLeak();
    }
}
