package io.staunch.detect;

/// A straight line through the points of a window, by generalised least squares: `y = a + b·t + c₁·load over
/// minutes + c₂·load over an hour and more + noise`, the noise an Ornstein–Uhlenbeck process (AR(1) at even
/// spacing) whose memory is chosen by likelihood and then taken one step longer than found, because short
/// windows find it too short.
///
/// The evidence that b > 0 is an e-value: a one-sided normal mixture of t-likelihood ratios (Lai 1976; Lindon et
/// al. 2022, arXiv 2210.08589). Under the model a series without a trend reaches the value x with a probability
/// of at most 1/x. Time: O(points × loads²).
final class Trend {
    private static final double[] MEMORY = {0, 0.3, 0.5, 0.7, 0.85, 0.95};
    private static final int MOST_TERMS = 4;
    /// Prior precisions of the slope against what the points tell: faint trends, plain ones, glaring ones.
    private static final double[] MIXTURE = {0.3, 0.03, 0.001};
    /// Below this share of the level, differences are rounding.
    private static final double RESOLUTION = 2e-5;

    double slope;
    double standardError;
    double logEvidence;
    double memory;
    double variance;
    int points;
    final double[] loadEffect = new double[2];

    private final double[][] normal = new double[MOST_TERMS][MOST_TERMS + 1];
    private final double[] row = new double[MOST_TERMS];
    private double squares;
    private double logSpread;
    private double t0;
    private double y0;
    private double tScale;
    private double spacing;

    /// Fits the points from `from` on. False if there are too few or they do not determine a line.
    boolean fit(Window window, int from, boolean useLoad) {
        points = window.size - from;
        int terms = useLoad && points >= 8 && loadsVary(window, from) ? 4 : 2;
        if (points < terms + 2) {
            return false;
        }
        prepare(window, from);
        int best = 0;
        double bestLikelihood = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < MEMORY.length; i++) {
            if (!solve(window, from, terms, MEMORY[i])) {
                continue;
            }
            double likelihood = -0.5 * points * Math.log(squares / points) - 0.5 * logSpread;
            if (likelihood > bestLikelihood) {
                bestLikelihood = likelihood;
                best = i;
            }
        }
        if (bestLikelihood == Double.NEGATIVE_INFINITY) {
            return false;
        }
        memory = MEMORY[Math.min(best + 1, MEMORY.length - 1)];
        return solve(window, from, terms, memory) && finish(terms);
    }

    private static boolean loadsVary(Window window, int from) {
        double low = Double.MAX_VALUE;
        double high = 0;
        for (int i = from; i < window.size; i++) {
            low = Math.min(low, window.loadShort[i]);
            high = Math.max(high, window.loadShort[i]);
        }
        return high > low * 1.02;
    }

    private void prepare(Window window, int from) {
        t0 = window.time[window.size - 1];
        tScale = Math.max(1e-3, window.span());
        y0 = window.value[window.size - 1];
        double[] gaps = new double[points - 1];
        for (int i = 1; i < points; i++) {
            gaps[i - 1] = window.time[from + i] - window.time[from + i - 1];
        }
        java.util.Arrays.sort(gaps);
        spacing = Math.max(1e-3, gaps[gaps.length / 2]);
    }

    /// Whitens the points for one memory and solves the normal equations by elimination.
    private boolean solve(Window window, int from, int terms, double rho) {
        for (double[] line : normal) {
            java.util.Arrays.fill(line, 0);
        }
        squares = 0;
        logSpread = 0;
        for (int i = from; i < window.size; i++) {
            double keep = i == from ? 0 : power(rho, (window.time[i] - window.time[i - 1]) / spacing);
            double spread = 1 - keep * keep;
            logSpread += Math.log(spread);
            double weight = 1 / Math.sqrt(spread);
            int before = Math.max(from, i - 1);
            for (int p = 0; p < terms; p++) {
                row[p] = weight * (term(window, i, p) - keep * term(window, before, p));
            }
            double y = weight * (window.value[i] - y0 - keep * (window.value[before] - y0));
            for (int p = 0; p < terms; p++) {
                for (int q = p; q < terms; q++) {
                    normal[p][q] += row[p] * row[q];
                }
                normal[p][MOST_TERMS] += row[p] * y;
            }
            squares += y * y;
        }
        return eliminate(terms);
    }

    private static double power(double rho, double steps) {
        double result = rho;
        for (int i = Math.min(24, (int) Math.round(steps)); i > 1; i--) {
            result *= rho;
        }
        return result;
    }

    private double term(Window window, int i, int p) {
        return switch (p) {
            case 0 -> 1;
            case 1 -> (window.time[i] - t0) / tScale;
            case 2 -> window.loadShort[i];
            default -> window.loadLong[i];
        };
    }

    private double slopeInformation;

    /// Cholesky-like elimination with the slope last, so that its pivot is its information.
    private boolean eliminate(int terms) {
        int[] order = terms == 4 ? new int[] {0, 2, 3, 1} : new int[] {0, 1};
        double[][] a = new double[terms][terms + 1];
        for (int i = 0; i < terms; i++) {
            for (int j = 0; j < terms; j++) {
                a[i][j] = normal[Math.min(order[i], order[j])][Math.max(order[i], order[j])];
            }
            a[i][i] *= 1 + 1e-9;
            a[i][terms] = normal[order[i]][MOST_TERMS];
        }
        double residual = squares;
        for (int k = 0; k < terms; k++) {
            if (!(a[k][k] > 1e-12)) {
                return false;
            }
            residual -= a[k][terms] * a[k][terms] / a[k][k];
            for (int i = k + 1; i < terms; i++) {
                double factor = a[k][i] / a[k][k];
                for (int j = i; j < terms; j++) {
                    a[i][j] -= factor * a[k][j];
                }
                a[i][terms] -= factor * a[k][terms];
            }
        }
        slopeInformation = a[terms - 1][terms - 1];
        double[] solution = new double[terms];
        for (int k = terms - 1; k >= 0; k--) {
            double sum = a[k][terms];
            for (int j = k + 1; j < terms; j++) {
                sum -= a[k][j] * solution[j];
            }
            solution[k] = sum / a[k][k];
        }
        slope = solution[terms - 1];
        loadEffect[0] = terms == 4 ? solution[1] : 0;
        loadEffect[1] = terms == 4 ? solution[2] : 0;
        double rounding = RESOLUTION * y0;
        squares = Math.max(residual, points * rounding * rounding + 1e-300);
        return true;
    }

    private boolean finish(int terms) {
        int freedom = points - terms;
        variance = squares / freedom;
        double strength = slope * slope * slopeInformation / variance;
        double evidence = 0;
        for (double mix : MIXTURE) {
            evidence += Math.sqrt(mix)
                    * Math.exp(Math.min(
                            600,
                            0.5
                                    * (freedom + 1)
                                    * (Math.log1p(strength / freedom) - Math.log1p(mix * strength / freedom))));
        }
        double log = Math.log(evidence / MIXTURE.length);
        logEvidence = slope <= 0 ? Math.min(0, -log) - Math.log(2) : log + Math.log(2);
        standardError = Math.sqrt(variance / slopeInformation) / tScale;
        slope /= tScale;
        return true;
    }
}
