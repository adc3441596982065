package io.staunch.verify.overhead;

import io.staunch.collect.Cost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// What the windows say.
///
/// @param watched what all watched windows cost, by the watcher's own account
record OverheadReport(List<Window> windows, List<Safepoint> safepoints, Cost watched) {
    private static final double MOST_LOSS = 0.01;
    private static final double MOST_PAUSE_MILLIS = 1;
    private static final int PASSED = 0;
    private static final int FAILED = 1;
    private static final int UNSURE = 3;

    /// Of the figure in a watched window against that in the window of its pair that was not.
    private Difference difference(ToDoubleFunction<Window> figure) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i + 1 < windows.size(); i += 2) {
            Window one = windows.get(i);
            Window other = windows.get(i + 1);
            Window on = one.watched() ? one : other;
            Window off = one.watched() ? other : one;
            ratios.add(figure.applyAsDouble(on) / figure.applyAsDouble(off));
        }
        return Difference.of(ratios);
    }

    private List<Safepoint> safepointsIn(boolean watchedWindows) {
        return safepoints.stream()
                .filter(point -> windows.stream()
                        .anyMatch(window -> window.watched() == watchedWindows && window.contains(point.at())))
                .toList();
    }

    private static double worst(List<Safepoint> points) {
        return points.stream().mapToDouble(Safepoint::millis).max().orElse(0);
    }

    /// The longest stop in a watched window that neither a collection nor a higher rung explains.
    private double worstAddedPause() {
        return worst(safepointsIn(true).stream()
                .filter(point -> !point.isCollection() && !point.isOfHigherRung())
                .toList());
    }

    private double worstOfHigherRungs() {
        return worst(
                safepointsIn(true).stream().filter(Safepoint::isOfHigherRung).toList());
    }

    private double watchedSeconds() {
        return windows.stream()
                .filter(Window::watched)
                .mapToDouble(
                        window -> Duration.between(window.begin(), window.end()).toMillis() / 1e3)
                .sum();
    }

    int exitCode() {
        Difference throughput = difference(Window::requestsPerSecond);
        if (worstAddedPause() >= MOST_PAUSE_MILLIS || throughput.high() < -MOST_LOSS) {
            return FAILED;
        }
        return throughput.low() > -MOST_LOSS ? PASSED : UNSURE;
    }

    private String latencies(boolean watchedWindows) {
        Latencies all = windows.stream()
                .filter(window -> window.watched() == watchedWindows)
                .map(Window::latencies)
                .reduce(Latencies.none(), Latencies::plus);
        return String.format(
                Locale.ROOT,
                "%,d requests, 50 %% %.2f ms, 99 %% %.2f ms, 99.9 %% %.2f ms",
                all.requests(),
                all.quantile(0.5),
                all.quantile(0.99),
                all.quantile(0.999));
    }

    private String stops() {
        Map<String, String> rows = new TreeMap<>();
        for (Safepoint point : safepoints) {
            rows.computeIfAbsent(point.operation(), this::stops);
        }
        return String.join("", rows.values());
    }

    private String stops(String operation) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "  %-28s", operation));
        for (boolean watchedWindows : new boolean[] {true, false}) {
            List<Safepoint> points = safepointsIn(watchedWindows).stream()
                    .filter(point -> point.operation().equals(operation))
                    .toList();
            row.append(String.format(
                    Locale.ROOT,
                    "  %s %d, worst %.3f ms",
                    watchedWindows ? "watched" : "not",
                    points.size(),
                    worst(points)));
        }
        return row.append('\n').toString();
    }

    @Override
    public String toString() {
        double seconds = watchedSeconds();
        return String.format(
                        Locale.ROOT,
                        """
                        %d windows, half of them watched
                        throughput           %s
                        CPU a request        %s
                        watched              %s
                        not watched          %s
                        worst added pause    %.3f ms (always-on rung: stops that no collection explains, by kind below)
                        on suspicion         %.3f ms (worst stop for a histogram or a recording; 0: none was taken)
                        CPU for answering    %d ms in %.0f s watched: %.3f %% of a core (0: not told)
                        """,
                        windows.size(),
                        difference(Window::requestsPerSecond),
                        difference(Window::cpuMicrosPerRequest),
                        latencies(true),
                        latencies(false),
                        worstAddedPause(),
                        worstOfHigherRungs(),
                        watched.targetCpuMillis(),
                        seconds,
                        watched.targetCpuMillis() / seconds / 10)
                + stops();
    }
}
