package io.staunch.cli.soak;

import io.staunch.detect.Sample;
import io.staunch.diagnose.Figures;
import io.staunch.incident.Svg;
import io.staunch.server.Floor;
import io.staunch.server.soak.SmallestLeak;
import io.staunch.server.soak.Soaked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What of memory stayed in both sides over the time of a soak, and, dashed, how the smallest leak that would have been
/// seen had gone.
final class FloorPlot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 280;
    private static final double LEFT = 84;
    private static final double RIGHT = 700;
    private static final double TOP = 34;
    private static final double BOTTOM = 244;
    private static final int LEVELS = 4;
    private static final int TIMES = 5;
    private static final double KEY_MARK = 16;
    private static final double KEY_GAP = 22;
    /// Of the range, left free above and below.
    private static final double MARGIN = 0.08;

    private final Soaked soaked;
    private final Floor floor;
    private final double seconds;
    private final double lowest;
    private final double highest;
    private final Svg svg;
    private double key = LEFT;

    private FloorPlot(Soaked soaked, Floor floor) {
        this.soaked = soaked;
        this.floor = floor;
        List<Double> values = new ArrayList<>();
        double longest = 1;
        for (Soaked.Run run : drawn()) {
            for (Sample sample : run.floor().orElseThrow().samples()) {
                values.add(sample.value());
                longest = Math.max(longest, seconds(run, sample.at()));
            }
        }
        seconds = longest;
        soaked.smallest().ifPresent(leak -> values.add(leakAt(leak, seconds)));
        double low = values.stream().mapToDouble(value -> value).min().orElse(0);
        double high = values.stream().mapToDouble(value -> value).max().orElse(1);
        double range = Math.max(high - low, Math.max(1, 0.01 * high));
        lowest = Math.max(0, low - MARGIN * range);
        highest = high + MARGIN * range;
        svg = new Svg(
                WIDTH,
                HEIGHT,
                "The " + floor.series().name() + " of both sides over " + duration(seconds) + " under load, from "
                        + Figures.value(floor.series(), low) + " to " + Figures.value(floor.series(), high));
    }

    /// Empty if nothing was measured.
    static Optional<String> svg(Soaked soaked) {
        return soaked.candidate()
                .floor()
                .filter(floor -> !floor.samples().isEmpty())
                .map(floor -> new FloorPlot(soaked, floor).draw());
    }

    private String draw() {
        for (int level = 0; level <= LEVELS; level++) {
            double value = lowest + (highest - lowest) * level / LEVELS;
            svg.line(LEFT, y(value), RIGHT, y(value), Svg.FAINT, "faint");
            svg.text(LEFT - 8, y(value) + 4, "end", Svg.QUIET, "quiet", Figures.value(floor.series(), value));
        }
        for (int time = 0; time <= TIMES; time++) {
            double at = seconds * time / TIMES;
            svg.text(x(at), BOTTOM + 18, "middle", Svg.QUIET, "quiet", duration(at));
        }
        soaked.smallest().ifPresent(leak -> {
            svg.dashes(
                    x(first()), y(leakAt(leak, first())), x(seconds), y(leakAt(leak, seconds)), Svg.VERMILION, "found");
            key("smallest leak that would have been seen, " + leak.amount() + " an hour", Svg.VERMILION, "found", true);
        });
        for (Soaked.Run run : drawn()) {
            boolean judged = run.equals(soaked.candidate());
            String colour = judged ? Svg.INK : Svg.BLUE;
            String name = judged ? "ink" : "other";
            svg.course(points(run), colour, name);
            key(run.name().toString(), colour, name, false);
        }
        return svg.toString();
    }

    private void key(String what, String colour, String name, boolean dashed) {
        if (dashed) {
            svg.dashes(key, TOP - 18, key + KEY_MARK, TOP - 18, colour, name);
        } else {
            svg.line(key, TOP - 18, key + KEY_MARK, TOP - 18, colour, name);
        }
        svg.text(key + KEY_MARK + 5, TOP - 14, "start", colour, name, what);
        key += KEY_MARK + Svg.widthOf(what) + KEY_GAP;
    }

    /// The sides that were measured alike.
    private List<Soaked.Run> drawn() {
        return soaked.sides().stream()
                .filter(run -> run.floor()
                        .filter(other -> other.series().equals(floor.series())
                                && !other.samples().isEmpty())
                        .isPresent())
                .toList();
    }

    private double first() {
        return seconds(soaked.candidate(), floor.samples().getFirst().at());
    }

    private double leakAt(SmallestLeak leak, double at) {
        return floor.samples().getFirst().value() + leak.perHour() * (at - first()) / 3600;
    }

    private String points(Soaked.Run run) {
        List<String> points = new ArrayList<>();
        for (Sample sample : run.floor().orElseThrow().samples()) {
            points.add(Svg.number(x(seconds(run, sample.at()))) + "," + Svg.number(y(sample.value())));
        }
        return String.join(" ", points);
    }

    private static double seconds(Soaked.Run run, Instant at) {
        return Duration.between(run.outcome().from(), at).toNanos() / 1e9;
    }

    private static String duration(double seconds) {
        return Figures.duration(Duration.ofMillis((long) (1000 * seconds)));
    }

    private double x(double at) {
        return LEFT + at / seconds * (RIGHT - LEFT);
    }

    private double y(double value) {
        return BOTTOM - (value - lowest) / (highest - lowest) * (BOTTOM - TOP);
    }
}
