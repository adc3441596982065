package io.staunch.incident;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// How a series went while the incident lasted, thinned to a few hundred points.
///
/// @param limit    the value at which it fails
/// @param atMillis since 1970, rising; as many as there are values
/// @param values   in the series' own unit
public record Course(Series series, OptionalDouble limit, List<Long> atMillis, List<Double> values) {
    private static final int MOST = 240;

    public Course {
        atMillis = List.copyOf(atMillis);
        values = List.copyOf(values);
        if (atMillis.size() != values.size()) {
            throw new IllegalArgumentException("course of " + series.name()
                    + ": expected as many values as times, found " + values.size() + " and " + atMillis.size());
        }
    }

    /// @param samples oldest first; of a long row every n-th is kept, and always the last
    static Course of(Series series, List<Sample> samples, OptionalDouble limit) {
        int step = Math.max(1, (samples.size() + MOST - 1) / MOST);
        List<Long> times = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = (samples.size() - 1) % step; i < samples.size(); i += step) {
            times.add(samples.get(i).at().toEpochMilli());
            values.add(samples.get(i).value());
        }
        return new Course(series, limit, times, values);
    }

    List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            samples.add(new Sample(Instant.ofEpochMilli(atMillis.get(i)), values.get(i)));
        }
        return samples;
    }

    public Instant from() {
        return Instant.ofEpochMilli(atMillis.getFirst());
    }

    public Instant to() {
        return Instant.ofEpochMilli(atMillis.getLast());
    }

    public double highest() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}
