package io.staunch.detect;

import java.util.Arrays;

/// What a growth looks like, told with robust slopes (Theil 1950, Sen 1968): single jumps, such as a hash table
/// that doubles, do not move them. Holds room to work in. Time: O(points² log points).
final class Shape {
    private final double[] slopes = new double[Window.MOST * (Window.MOST - 1) / 2];
    private final double[] lowAfter = new double[Window.MOST];
    private final double[] sum = new double[Window.MOST + 1];
    private final double[] squares = new double[Window.MOST + 1];

    enum Kind {
        /// It goes on.
        GOES_ON,
        /// The last third grows much less than what came before.
        FLAT_NOW,
        /// It slows down like a process that nears an end.
        SLOWS_DOWN,
        /// It fell back as far as it rose.
        COMES_BACK,
        /// One jump, level before and after.
        STEP
    }

    /// One jump or climb explains a rise clearly if it leaves over less than this share of what a line does.
    static final double CLEARLY = 0.25;

    private static final double FLAT = 0.3;
    private static final double SLOWING = 0.75;
    /// Where it must be strict, one jump explains a rise if it leaves over less than this share of what a line does.
    private static final double JUMP = 0.5;

    /// What an exponential approach may still gain, as a share of what it gained, to count as near its end.
    private static final double NEAR_ITS_END = 0.6;

    /// @param strict whether a rise counts only if neither jumps nor averages say that it ended
    /// @param step   the share of what a line leaves over, below which one jump or climb explains the points better
    Kind of(double[] t, double[] y, int size, boolean strict, double step) {
        double growth = theilSen(t, y, 0, size) * (t[size - 1] - t[0]);
        if (undone(y, size) > 0.5 * growth) {
            return Kind.COMES_BACK;
        }
        if (isStep(t, y, size, strict ? Math.max(JUMP, step) : step, step)) {
            return Kind.STEP;
        }
        int third = after(t, size, 2.0 / 3, Math.max(3, size / 4));
        double tail = theilSen(t, y, third, size);
        double head = theilSen(t, y, 0, third + 1);
        boolean flat = tail < FLAT * head || tail <= 0;
        boolean flatOnAverage = leastSquares(t, y, third, size) < FLAT * leastSquares(t, y, 0, third + 1);
        if (strict ? flat || flatOnAverage : flat && flatOnAverage) {
            return Kind.FLAT_NOW;
        }
        return slowsDown(t, y, size) ? Kind.SLOWS_DOWN : Kind.GOES_ON;
    }

    /// Exponential approach: each third of the time gains the same share of the third before.
    private boolean slowsDown(double[] t, double[] y, int size) {
        int first = after(t, size, 1.0 / 3, 3);
        int second = after(t, size, 2.0 / 3, 3);
        if (first < 2 || second - first < 2) {
            return false;
        }
        double a = theilSen(t, y, 0, first + 1);
        double b = theilSen(t, y, first, second + 1);
        double c = theilSen(t, y, second, size);
        if (!(a > 0 && b > 0 && c > 0) || b > 0.85 * a || c > SLOWING * b) {
            return false;
        }
        double ratio = c / b;
        boolean slowsLikePower = ratio > b / a + 0.1;
        double still = c * ratio / (1 - ratio);
        return !slowsLikePower && still < NEAR_ITS_END * (a + b + c);
    }

    /// Index from which on the last part of the time lies, leaving at least `least` points.
    private static int after(double[] t, int size, double share, int least) {
        double border = t[0] + share * (t[size - 1] - t[0]);
        int i = 0;
        while (i < size - least && t[i] < border) {
            i++;
        }
        return i;
    }

    static double leastSquares(double[] t, double[] y, int from, int to) {
        double meanT = 0;
        double meanY = 0;
        for (int i = from; i < to; i++) {
            meanT += t[i] / (to - from);
            meanY += y[i] / (to - from);
        }
        double products = 0;
        double squares = 0;
        for (int i = from; i < to; i++) {
            products += (t[i] - meanT) * (y[i] - meanY);
            squares += (t[i] - meanT) * (t[i] - meanT);
        }
        return squares > 0 ? products / squares : 0;
    }

    double theilSen(double[] t, double[] y, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            for (int j = i + 1; j < to; j++) {
                if (t[j] > t[i]) {
                    slopes[count++] = (y[j] - y[i]) / (t[j] - t[i]);
                }
            }
        }
        if (count == 0) {
            return 0;
        }
        Arrays.sort(slopes, 0, count);
        return count % 2 == 1 ? slopes[count / 2] : (slopes[count / 2 - 1] + slopes[count / 2]) / 2;
    }

    /// The highest rise that was undone: over all points, the lesser of the rise to it and the fall after it.
    double undone(double[] y, int size) {
        double low = Double.MAX_VALUE;
        for (int i = size - 1; i >= 0; i--) {
            low = Math.min(low, y[i]);
            lowAfter[i] = low;
        }
        double most = 0;
        low = Double.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            low = Math.min(low, y[i]);
            most = Math.max(most, Math.min(y[i] - low, y[i] - lowAfter[i]));
        }
        return most;
    }

    /// Two levels, or a climb between them, leave over less than these shares of what a line does.
    private boolean isStep(double[] t, double[] y, int size, double jump, double climb) {
        if (size < 8) {
            return false;
        }
        double st = 0;
        double stt = 0;
        double sty = 0;
        for (int i = 0; i < size; i++) {
            double v = y[i] - y[0];
            double x = t[i] - t[0];
            sum[i + 1] = sum[i] + v;
            squares[i + 1] = squares[i] + v * v;
            st += x;
            stt += x * x;
            sty += x * v;
        }
        double all = squares[size] - sum[size] * sum[size] / size;
        double covariance = sty - st * sum[size] / size;
        double line = all - covariance * covariance / (stt - st * st / size);
        return betweenTwoLevels(size) < jump * line || ramp(t, y, size) < climb * line;
    }

    /// What the best two levels, one jump apart, leave over.
    private double betweenTwoLevels(int size) {
        double best = Double.MAX_VALUE;
        for (int k = 2; k <= size - 2; k++) {
            best = Math.min(best, around(0, k) + around(k, size));
        }
        return best;
    }

    /// What the best two levels leave over, if going from one to the other may take a quarter of the points. After it
    /// the points must be flat against the climb.
    private double ramp(double[] t, double[] y, int size) {
        int least = Math.max(3, size / 5);
        double best = Double.MAX_VALUE;
        for (int k = least; k <= size - least; k++) {
            double before = around(0, k);
            for (int wide = 1; wide <= size / 4 && k + wide <= size - least; wide++) {
                double left = before + around(k + wide, size);
                if (left < best && isFlatAfter(t, y, size, k, wide)) {
                    best = Math.min(best, left + climb(y, size, k, wide));
                }
            }
        }
        return best;
    }

    private boolean isFlatAfter(double[] t, double[] y, int size, int from, int wide) {
        double pace = height(size, from, wide) / (t[from + wide] - t[from - 1]);
        return leastSquares(t, y, from + wide, size) < FLAT * pace;
    }

    /// What the mean of the points after a climb is higher by than that of those before.
    private double height(int size, int from, int wide) {
        return (sum[size] - sum[from + wide]) / (size - from - wide) - sum[from] / from;
    }

    /// What an even climb of `wide` points from one level to the other leaves over.
    private double climb(double[] y, int size, int from, int wide) {
        double low = sum[from] / from;
        double height = height(size, from, wide);
        double left = 0;
        for (int i = 0; i < wide; i++) {
            double residual = y[from + i] - y[0] - low - height * (i + 1) / (wide + 1);
            left += residual * residual;
        }
        return left;
    }

    /// Squares of what the mean of some points leaves over.
    private double around(int from, int to) {
        double all = sum[to] - sum[from];
        return squares[to] - squares[from] - all * all / (to - from);
    }
}
