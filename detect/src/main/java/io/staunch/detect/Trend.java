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
    /// A load that tells less than this does not vary at all.
    private static final double LEAST_INFORMATION = 1e-9;

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

    /// Sums of products of the whitened columns, and of each with the values.
    private final double[][] normal = new double[MOST_TERMS][MOST_TERMS + 1];

    private final double[] time = new double[Window.MOST];
    private final double[] loadShort = new double[Window.MOST];
    private final double[] loadLong = new double[Window.MOST];
    private final double[] value = new double[Window.MOST];
    private final double[] gaps = new double[Window.MOST];
    private final double[][] a = new double[MOST_TERMS][MOST_TERMS + 1];
    private final double[] solution = new double[MOST_TERMS];
    private double squares;
    private Memory past = new Memory();
    private int level;
    private int fitted;
    private double y0;
    private double tScale;
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
        if (!solve(terms, 0)) {
            return false;
        }
        likeliestMemory = residualMemory(terms);
        double known = past.variance(level) > 0 ? PRIOR_POINTS : 0;
        memory = (points * likeliestMemory + known * past.noiseMemory(level)) / (points + known);
        memory = Math.min(MOST_MEMORY, memory + caution * Math.sqrt((1 - memory * memory) / points));
        return solve(terms, memory) && finish(terms);
    }

    /// Correlation of neighbouring residuals of the plain fit, corrected for the line having been fitted to them
    /// (Kendall 1954).
    private double residualMemory(int terms) {
        boolean loads = terms == MOST_TERMS;
        double before = 0;
        double products = 0;
        double sum = 0;
        for (int i = 0; i < points; i++) {
            double residual = value[i] - coefficients[0] - coefficients[1] * time[i];
            if (loads) {
                residual -= coefficients[2] * loadShort[i] + coefficients[3] * loadLong[i];
            }
            products += residual * before;
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

    /// The columns of the fit: time against the newest point in spans, loads against their means, values against the
    /// newest.
    private void prepare(Window window) {
        double t0 = window.time[points - 1];
        tScale = Math.max(1e-3, window.span());
        y0 = window.value[points - 1];
        double meanShort = 0;
        double meanLong = 0;
        for (int i = 0; i < points; i++) {
            meanShort += window.loadShort[i];
            meanLong += window.loadLong[i];
        }
        meanShort /= points;
        meanLong /= points;
        double perScale = 1 / tScale;
        for (int i = 0; i < points; i++) {
            time[i] = perScale * (window.time[i] - t0);
            loadShort[i] = window.loadShort[i] - meanShort;
            loadLong[i] = window.loadLong[i] - meanLong;
            value[i] = window.value[i] - y0;
        }
        for (int i = 1; i < points; i++) {
            gaps[i - 1] = time[i] - time[i - 1];
        }
        java.util.Arrays.sort(gaps, 0, points - 1);
        spacing = Math.max(1e-3 * perScale, gaps[(points - 1) / 2]);
    }

    /// Whitens the points for one memory and solves the normal equations by elimination.
    private boolean solve(int terms, double rho) {
        if (terms == MOST_TERMS) {
            sumWithLoads(rho);
        } else {
            sumWithoutLoads(rho);
        }
        ridge(terms);
        return eliminate(terms);
    }

    /// What a point keeps of the noise of the one before.
    private double kept(double rho, int i) {
        return i == 0 || rho == 0 ? 0 : power(rho, (time[i] - time[i - 1]) / spacing);
    }

    private void sumWithoutLoads(double rho) {
        double ones = 0;
        double onesTime = 0;
        double times = 0;
        double onesValue = 0;
        double timesValue = 0;
        double values = 0;
        for (int i = 0; i < points; i++) {
            double keep = kept(rho, i);
            int before = Math.max(0, i - 1);
            double weight = 1 / (1 - keep * keep);
            double one = 1 - keep;
            double t = time[i] - keep * time[before];
            double y = value[i] - keep * value[before];
            ones += weight * one * one;
            onesTime += weight * one * t;
            times += weight * t * t;
            onesValue += weight * one * y;
            timesValue += weight * t * y;
            values += weight * y * y;
        }
        normal[0][0] = ones;
        normal[0][1] = onesTime;
        normal[1][1] = times;
        normal[0][MOST_TERMS] = onesValue;
        normal[1][MOST_TERMS] = timesValue;
        squares = values;
    }

    private void sumWithLoads(double rho) {
        sumWithoutLoads(rho);
        double onesShort = 0;
        double onesLong = 0;
        double timesShort = 0;
        double timesLong = 0;
        double shorts = 0;
        double shortsLong = 0;
        double longs = 0;
        double shortsValue = 0;
        double longsValue = 0;
        for (int i = 0; i < points; i++) {
            double keep = kept(rho, i);
            int before = Math.max(0, i - 1);
            double weight = 1 / (1 - keep * keep);
            double one = 1 - keep;
            double t = time[i] - keep * time[before];
            double y = value[i] - keep * value[before];
            double s = weight * (loadShort[i] - keep * loadShort[before]);
            double l = weight * (loadLong[i] - keep * loadLong[before]);
            onesShort += one * s;
            onesLong += one * l;
            timesShort += t * s;
            timesLong += t * l;
            shorts += s * s / weight;
            shortsLong += s * l / weight;
            longs += l * l / weight;
            shortsValue += s * y;
            longsValue += l * y;
        }
        normal[0][2] = onesShort;
        normal[0][3] = onesLong;
        normal[1][2] = timesShort;
        normal[1][3] = timesLong;
        normal[2][2] = shorts;
        normal[2][3] = shortsLong;
        normal[3][3] = longs;
        normal[2][MOST_TERMS] = shortsValue;
        normal[3][MOST_TERMS] = longsValue;
    }

    /// What is known of the load's effect counts like earlier points, but is no information of this window's.
    private void ridge(int terms) {
        loadInformation[0] = 0;
        loadInformation[1] = 0;
        for (int p = 2; p < terms; p++) {
            double known = past.loadPrecision(p - 2);
            double scale = past.variance(level) > 0 ? past.variance(level) : 0;
            double weight = known * scale + 1e-6 * normal[p][p];
            double effect = known > 0 ? past.loadEffect(p - 2) : 0;
            boolean varies = normal[p][p] > LEAST_INFORMATION;
            loadInformation[p - 2] = normal[p][p];
            normal[p][p] += varies ? weight : 1;
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
        double plain = Math.log(1 + strength / freedom);
        for (double mix : MIXTURE) {
            double gain = 0.5 * (freedom + 1) * (plain - Math.log(1 + mix * strength / freedom));
            evidence += Math.sqrt(mix) * Math.exp(Math.min(600, gain));
        }
        double log = Math.log(evidence / MIXTURE.length);
        logEvidence = slope <= 0 ? Math.min(0, -log) - Math.log(2) : log + Math.log(2);
        standardError = Math.sqrt(judged / slopeInformation) / tScale;
        slope /= tScale;
        return Double.isFinite(slope) && Double.isFinite(standardError) && Double.isFinite(logEvidence);
    }
}
