package io.staunch.server.web;

import io.staunch.detect.Sample;
import java.util.ArrayList;
import java.util.List;

/// A series as small as a curve without axes needs it: of each stretch of time its last value, by when the stretch
/// began. Stretches begin at whole multiples of their length, so that what was drawn once stays as it is.
final class Sparkline {
    /// A row of the page draws no more.
    static final int MOST_POINTS = 32;

    private static final int DIGITS = 4;
    private static final long[] SECONDS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400
    };

    private Sparkline() {}

    /// Points of whole seconds since 1970 and the value to four digits.
    static List<List<Number>> of(List<Sample> samples) {
        List<List<Number>> points = new ArrayList<>(MOST_POINTS);
        if (samples.isEmpty()) {
            return points;
        }
        long step = step(
                samples.getFirst().at().getEpochSecond(), samples.getLast().at().getEpochSecond());
        for (int i = 0; i < samples.size(); i++) {
            long stretch = samples.get(i).at().getEpochSecond() / step;
            boolean last = i == samples.size() - 1 || samples.get(i + 1).at().getEpochSecond() / step != stretch;
            if (last) {
                points.add(List.of(stretch * step, rounded(samples.get(i).value())));
            }
        }
        return points;
    }

    private static long step(long from, long to) {
        for (long step : SECONDS) {
            if (to / step - from / step < MOST_POINTS) {
                return step;
            }
        }
        long day = SECONDS[SECONDS.length - 1];
        return day * ((to - from) / day / (MOST_POINTS - 1) + 1);
    }

    private static Number rounded(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value;
        }
        double unit = Math.pow(10, Math.floor(Math.log10(Math.abs(value))) - DIGITS + 1);
        if (unit < 1) {
            return value;
        }
        return Math.round(value / unit) * (long) unit;
    }
}
