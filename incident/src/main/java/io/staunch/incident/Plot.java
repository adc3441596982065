package io.staunch.incident;

import io.staunch.detect.Series;
import io.staunch.detect.Unit;
import io.staunch.diagnose.Figures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One series over the time of an incident as a drawing, with numbered marks for what happened.
final class Plot {
    private static final int WIDTH = 668;
    private static final int HEIGHT = 190;
    private static final double LEFT = 74;
    private static final double RIGHT = 648;
    private static final double TOP = 34;
    private static final double BOTTOM = 166;
    private static final int LEVELS = 4;
    private static final double MARK_RADIUS = 7;
    /// A limit that is further above than this would press the curve flat.
    private static final double LIMIT_IN_SIGHT = 3;

    private final Course course;
    private final TimeScale scale;
    private final double top;
    private final boolean withLimit;
    private final Svg svg;

    private Plot(Incident incident, Course course, TimeScale scale) {
        this.course = course;
        this.scale = scale;
        double highest = course.highest();
        withLimit = course.limit().isPresent() && course.limit().getAsDouble() < LIMIT_IN_SIGHT * highest;
        double reach = withLimit ? Math.max(highest, course.limit().getAsDouble()) : highest;
        top = reach <= 0
                ? 1
                : course.series().unit() == Unit.RATIO && reach <= 1
                        ? Math.min(1, roundUp(course.series(), reach))
                        : roundUp(course.series(), reach * 1.04);
        svg = new Svg(
                WIDTH,
                HEIGHT,
                Sentences.capital(course.series().name()) + " of " + incident.service() + " from "
                        + Times.clock(scale.from()) + " to " + Times.clock(scale.to()) + " UTC, at most "
                        + Figures.value(course.series(), highest));
    }

    /// The times that all plots of an incident share.
    static Optional<TimeScale> scale(Incident incident) {
        return incident.courses().stream().findFirst().map(first -> {
            Instant from = first.from();
            Instant to = first.to();
            for (Mark mark : Mark.of(incident)) {
                from = mark.at().isBefore(from) ? mark.at() : from;
                to = mark.at().isAfter(to) ? mark.at() : to;
            }
            return new TimeScale(from, to, LEFT, RIGHT);
        });
    }

    static String svg(Incident incident, Course course, TimeScale scale) {
        return new Plot(incident, course, scale).draw(Mark.of(incident));
    }

    private String draw(List<Mark> marks) {
        for (int level = 0; level <= LEVELS; level++) {
            double value = top * level / LEVELS;
            svg.line(LEFT, y(value), RIGHT, y(value), Svg.FAINT, "faint");
            svg.text(LEFT - 8, y(value) + 4, "end", Svg.QUIET, "quiet", label(value));
        }
        for (TimeScale.Tick tick : scale.ticks(9)) {
            svg.text(tick.x(), BOTTOM + 17, "middle", Svg.QUIET, "quiet", tick.label());
        }
        if (withLimit) {
            double limit = course.limit().getAsDouble();
            svg.dashes(LEFT, y(limit), RIGHT, y(limit), Svg.VERMILION, "found");
            svg.text(RIGHT, y(limit) - 4, "end", Svg.VERMILION, "found", "limit " + label(limit));
        }
        marks(marks);
        svg.course(points(), Svg.INK, "ink");
        return svg.toString();
    }

    /// Each mark a line with its number above; where two would cover each other, the later number moves to the right.
    private void marks(List<Mark> marks) {
        double free = LEFT - MARK_RADIUS;
        for (int i = 0; i < marks.size(); i++) {
            Mark mark = marks.get(i);
            double x = scale.x(mark.at());
            double place = Math.max(x, free + MARK_RADIUS + 1);
            svg.dashes(x, TOP, x, BOTTOM, mark.colour(), mark.name());
            svg.line(x, TOP, place, TOP - 8, mark.colour(), mark.name());
            svg.circle(place, TOP - 15, MARK_RADIUS, mark.colour(), mark.name() + " disc");
            svg.text(place, TOP - 11, "middle", "#ffffff", "number", Integer.toString(i + 1));
            free = place + MARK_RADIUS;
        }
    }

    private String points() {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < course.values().size(); i++) {
            Instant at = Instant.ofEpochMilli(course.atMillis().get(i));
            if (scale.holds(at)) {
                points.add(Svg.number(scale.x(at)) + ","
                        + Svg.number(y(course.values().get(i))));
            }
        }
        return String.join(" ", points);
    }

    private double y(double value) {
        return BOTTOM - (value / top) * (BOTTOM - TOP);
    }

    private String label(double value) {
        return Figures.value(course.series(), value);
    }

    /// The next value that divides well into the levels.
    private static double roundUp(Series series, double value) {
        double base = switch (series.unit()) {
            case BYTES -> 2;
            case COUNT, PER_SECOND, SECONDS, RATIO -> 10;
        };
        double power = Math.pow(base, Math.floor(Math.log(value) / Math.log(base)));
        double[] steps =
                base == 2 ? new double[] {1, 1.25, 1.5, 1.75, 2} : new double[] {1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10};
        for (double step : steps) {
            if (step * power >= value) {
                return step * power;
            }
        }
        return value;
    }
}
