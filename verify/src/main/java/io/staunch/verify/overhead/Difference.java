package io.staunch.verify.overhead;

import java.util.List;
import java.util.Locale;

/// How far a figure moves in a watched window against the unwatched one beside it: mean over the pairs, with the ends
/// of the 95 % interval by Student's t. Ratios of neighbours, so that slow drifts of the machine cancel out.
record Difference(double mean, double low, double high) {
    /// @param ratios watched divided by unwatched, one a pair
    static Difference of(List<Double> ratios) {
        int n = ratios.size();
        double mean = ratios.stream().mapToDouble(ratio -> ratio - 1).average().orElse(Double.NaN);
        double squares = ratios.stream()
                .mapToDouble(ratio -> (ratio - 1 - mean) * (ratio - 1 - mean))
                .sum();
        double error = Math.sqrt(squares / Math.max(1, n - 1) / n);
        double reach = student(n - 1) * error;
        return new Difference(mean, mean - reach, mean + reach);
    }

    /// The 97.5 % quantile of Student's distribution, within 1 % from four degrees of freedom.
    private static double student(int degrees) {
        return degrees < 1 ? Double.POSITIVE_INFINITY : 1.96 + 2.37 / degrees + 2.8 / degrees / degrees;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%+.2f %% (%+.2f to %+.2f)", 100 * mean, 100 * low, 100 * high);
    }
}
