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
    /// By how many of its standard errors the memory of the noise is taken for longer than found.
    double caution;

    private static final double MOST_MEMORY = 0.97;
    private static final int MOST_TERMS = 4;
    private static final int PRIOR_POINTS = 16;
    /// Prior precisions of the slope against what the points tell: faint trends, plain ones, glaring ones.
    private static final double[] MIXTURE = {0.3, 0.03, 0.001};
    /// Below this share of the level, differences are rounding.
    private static final double RESOLUTION = 2e-5;
    private static final int[] LOADS_FIRST = {0, 2, 3, 1};
    private static final int[] PLAIN = {0, 1};

    double slope;
    double standardError;
    double logEvidence;
    double memory;
    double likeliestMemory;
    double variance;
    int points;
    final double[] loadEffect = new double[2];

    private final double[][] normal = new double[MOST_TERMS][MOST_TERMS + 1];
    private final double[] row = new double[MOST_TERMS];
    private final double[] gaps = new double[Window.MOST];
    private final double[][] a = new double[MOST_TERMS][MOST_TERMS + 1];
    private final double[] solution = new double[MOST_TERMS];
    private double squares;
    private Memory past = new Memory();
    private int level;
    private int fitted;
    private double t0;
    private double y0;
    private double tScale;
    private double meanShort;
    private double meanLong;
    private double spacing;

    /// False if there are too few points or they do not determine a line.
    boolean fit(Window window, Memory past, int level, int fitted) {
        points = window.size;
        this.past = past;
        this.level = level;
        this.fitted = fitted;
        int terms = points >= 8 && loadsVary(window) ? 4 : 2;
        if (points < terms + fitted + 2) {
            return false;
        }
        prepare(window);
        if (!solve(window, terms, 0)) {
            return false;
        }
        likeliestMemory = residualMemory(window, terms);
        double known = past.variance(level) > 0 ? PRIOR_POINTS : 0;
        memory = (points * likeliestMemory + known * past.noiseMemory(level)) / (points + known);
        memory = Math.min(MOST_MEMORY, memory + caution * Math.sqrt((1 - memory * memory) / points));
        return solve(window, terms, memory) && finish(terms);
    }

    /// Correlation of neighbouring residuals of the plain fit, corrected for the line having been fitted to them
    /// (Kendall 1954).
    private double residualMemory(Window window, int terms) {
        double before = 0;
        double products = 0;
        double sum = 0;
        for (int i = 0; i < window.size; i++) {
            double fitted = 0;
            for (int p = 0; p < terms; p++) {
                fitted += coefficients[p] * term(window, i, p);
            }
            double residual = window.value[i] - y0 - fitted;
            products += i == 0 ? 0 : residual * before;
            sum += residual * residual;
            before = residual;
        }
        double found = sum > 0 ? products / sum : 0;
        return Math.clamp(found + (1 + terms / 2.0 + 4 * Math.max(0, found)) / points, 0, MOST_MEMORY);
    }

    private static boolean loadsVary(Window window) {
        double low = Double.MAX_VALUE;
        double high = 0;
        for (int i = 0; i < window.size; i++) {
            low = Math.min(low, window.loadShort[i]);
            high = Math.max(high, window.loadShort[i]);
        }
        return high > low * 1.02;
    }

    private void prepare(Window window) {
        t0 = window.time[window.size - 1];
        tScale = Math.max(1e-3, window.span());
        y0 = window.value[window.size - 1];
        meanShort = 0;
        meanLong = 0;
        for (int i = 0; i < window.size; i++) {
            meanShort += window.loadShort[i] / points;
            meanLong += window.loadLong[i] / points;
        }
        for (int i = 1; i < points; i++) {
            gaps[i - 1] = window.time[i] - window.time[i - 1];
        }
        java.util.Arrays.sort(gaps, 0, points - 1);
        spacing = Math.max(1e-3, gaps[(points - 1) / 2]);
    }

    /// Whitens the points for one memory and solves the normal equations by elimination.
    private boolean solve(Window window, int terms, double rho) {
        for (double[] line : normal) {
            java.util.Arrays.fill(line, 0);
        }
        squares = 0;
        for (int i = 0; i < window.size; i++) {
            double keep = i == 0 ? 0 : power(rho, (window.time[i] - window.time[i - 1]) / spacing);
            double spread = 1 - keep * keep;
            double weight = 1 / Math.sqrt(spread);
            int before = Math.max(0, i - 1);
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
        ridge(terms);
        return eliminate(terms);
    }

    /// What is known of the load's effect counts like earlier points.
    private void ridge(int terms) {
        for (int p = 2; p < terms; p++) {
            double known = past.loadPrecision(p - 2);
            double scale = past.variance(level) > 0 ? past.variance(level) : 0;
            double weight = known * scale + 1e-6 * normal[p][p];
            double effect = known > 0 ? past.loadEffect(p - 2) : 0;
            normal[p][p] += weight;
            normal[p][MOST_TERMS] += weight * effect;
            squares += weight * effect * effect;
        }
    }

    private static double power(double rho, double steps) {
        if (rho == 0) {
            return 0;
        }
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
            case 2 -> window.loadShort[i] - meanShort;
            default -> window.loadLong[i] - meanLong;
        };
    }

    /// What the loads explain against the variance that is left, per load.
    double loadStrength;

    private double slopeInformation;
    private final double[] coefficients = new double[MOST_TERMS];
    final double[] loadInformation = new double[2];

    /// Cholesky-like elimination with the slope last, so that its pivot is its information.
    private boolean eliminate(int terms) {
        int[] order = terms == 4 ? LOADS_FIRST : PLAIN;
        for (int i = 0; i < terms; i++) {
            for (int j = 0; j < terms; j++) {
                a[i][j] = normal[Math.min(order[i], order[j])][Math.max(order[i], order[j])];
            }
            a[i][i] *= 1 + 1e-9;
            a[i][terms] = normal[order[i]][MOST_TERMS];
        }
        double residual = squares;
        double byLoad = 0;
        for (int k = 0; k < terms; k++) {
            if (!(a[k][k] > 1e-12)) {
                return false;
            }
            double explained = a[k][terms] * a[k][terms] / a[k][k];
            residual -= explained;
            byLoad += terms == 4 && (k == 1 || k == 2) ? explained / 2 : 0;
            for (int i = k + 1; i < terms; i++) {
                double factor = a[k][i] / a[k][k];
                for (int j = i; j < terms; j++) {
                    a[i][j] -= factor * a[k][j];
                }
                a[i][terms] -= factor * a[k][terms];
            }
        }
        slopeInformation = a[terms - 1][terms - 1];
        loadStrength = byLoad * points / Math.max(residual, 1e-300);
        for (int k = 0; k < 2 && terms == 4; k++) {
            loadInformation[k] = normal[k + 2][k + 2];
        }
        for (int k = terms - 1; k >= 0; k--) {
            double sum = a[k][terms];
            for (int j = k + 1; j < terms; j++) {
                sum -= a[k][j] * solution[j];
            }
            solution[k] = sum / a[k][k];
        }
        for (int k = 0; k < terms; k++) {
            coefficients[order[k]] = solution[k];
        }
        slope = solution[terms - 1];
        loadEffect[0] = terms == 4 ? solution[1] : 0;
        loadEffect[1] = terms == 4 ? solution[2] : 0;
        double rounding = RESOLUTION * y0;
        squares = Math.max(residual, points * rounding * rounding + 1e-300);
        return true;
    }

    private boolean finish(int terms) {
        int freedom = points - terms - fitted;
        variance = squares / freedom;
        double known = past.variance(level);
        double judged = variance;
        if (known > 0) {
            judged = Math.max(variance, (squares + PRIOR_POINTS * known) / (freedom + PRIOR_POINTS));
            freedom += PRIOR_POINTS;
        }
        double strength = slope * slope * slopeInformation / judged;
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
        standardError = Math.sqrt(judged / slopeInformation) / tScale;
        slope /= tScale;
        return true;
    }
}
