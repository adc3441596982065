package io.staunch.detect;

import java.util.ArrayList;
import java.util.List;

/// Looks at the past of a series through windows that double in length and says what each shows.
final class Judge {
    static final int FEWEST_POINTS = 6;
    private static final double SUSPICIOUS = 2.0;

    private final DetectorOptions options;
    private final Window window = new Window();
    private final Trend trend = new Trend();
    private final double[] adjusted = new double[Window.MOST];

    Judge(DetectorOptions options) {
        this.options = options;
    }

    /// Evidence that is needed: a false-alarm budget of 1 %, spread over the looks that have been taken.
    static double logThreshold(long looks) {
        return Math.log(100) + Math.log1p(looks / 8.0);
    }

    List<Finding> findings(Blocks blocks, double limit, long looks) {
        List<Finding> findings = new ArrayList<>();
        double lastSpan = -1;
        int lastSize = -1;
        for (int level = blocks.base(); level < blocks.base() + Blocks.RETAINED; level++) {
            blocks.window(level, window);
            if (window.size < FEWEST_POINTS || (window.size == lastSize && window.span() == lastSpan)) {
                continue;
            }
            lastSize = window.size;
            lastSpan = window.span();
            if (trend.fit(window, 0, true)) {
                findings.add(judge(limit, looks));
            }
        }
        return findings;
    }

    private Finding judge(double limit, long looks) {
        int n = window.size;
        for (int i = 0; i < n; i++) {
            adjusted[i] = window.value[i]
                    - trend.loadEffect[0] * (window.loadShort[i] - window.loadShort[n - 1])
                    - trend.loadEffect[1] * (window.loadLong[i] - window.loadLong[n - 1]);
        }
        double span = window.span();
        double growth = trend.slope * span;
        double level = adjusted[n - 1];
        return new Finding(
                kind(limit, looks, growth, span),
                window.time[0],
                span,
                n,
                trend.slope,
                trend.standardError,
                trend.logEvidence,
                growth,
                level,
                Shape.undone(adjusted, n));
    }

    private Finding.Kind kind(double limit, long looks, double growth, double span) {
        int n = window.size;
        double reference = Double.isNaN(limit) ? Math.abs(adjusted[n - 1]) : limit;
        boolean worthMentioning = growth >= Math.max(options.minimumGrowth(), options.minimumShare() * reference);
        if (trend.slope <= SUSPICIOUS * trend.standardError) {
            return Finding.Kind.NONE;
        }
        Shape.Kind shape = Shape.of(window.time, adjusted, n);
        if (!worthMentioning) {
            return Finding.Kind.SMALL;
        }
        return switch (shape) {
            case COMES_BACK -> Finding.Kind.NONE;
            case STEP -> Finding.Kind.STEP;
            case FLAT_NOW -> Finding.Kind.FLAT;
            case SLOWS_DOWN -> Finding.Kind.SLOWS;
            case GOES_ON -> {
                if (trend.logEvidence < logThreshold(looks)) {
                    yield Finding.Kind.UNSURE;
                }
                double left = Double.isNaN(limit) ? 0 : (limit - adjusted[n - 1]) / trend.slope;
                yield span < options.patience() * left ? Finding.Kind.EARLY : Finding.Kind.LEAK;
            }
        };
    }
}
