package io.staunch.diagnose;

import io.staunch.detect.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How a series moved over the time watched: the medians of its first and last third.
record Shift(double early, double late) {
    private static final int FEWEST_SAMPLES = 6;

    static Optional<Shift> of(List<Sample> history) {
        if (history.size() < FEWEST_SAMPLES) {
            return Optional.empty();
        }
        int third = history.size() / 3;
        return Optional.of(new Shift(
                median(history.subList(0, third)), median(history.subList(history.size() - third, history.size()))));
    }

    /// 0.5 means half as much again; 0 when there was nothing before and after.
    double relative() {
        return early == 0 ? (late == 0 ? 0 : Double.POSITIVE_INFINITY) : late / early - 1;
    }

    private static double median(List<Sample> samples) {
        double[] values = samples.stream().mapToDouble(Sample::value).sorted().toArray();
        return Arrays.stream(values).skip(values.length / 2).findFirst().orElse(0);
    }
}
