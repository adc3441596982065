package io.staunch.incident;

import io.staunch.diagnose.Finding;
import java.time.Instant;
import java.util.List;

/// The outage's journey as a drawing: a bar for each suspect, from the leak's beginning until the incident's end, with
/// what was thought of it at each time. The same as [Journey] draws in characters.
final class JourneyPicture {
    private static final int WIDTH = 668;
    private static final int ROW = 24;
    private static final int HEAD = 44;
    private static final double LEFT = 226;
    private static final double RIGHT = 540;
    private static final int LONGEST_NAME = 37;

    private final Incident incident;
    private final Journey journey;
    private final List<Journey.Track> tracks;
    private final TimeScale scale;
    private final Svg svg;

    private JourneyPicture(Incident incident) {
        this.incident = incident;
        this.journey = Journey.of(incident);
        this.tracks = journey.tracks(incident);
        this.scale = new TimeScale(journey.from(), journey.to(), LEFT, RIGHT);
        this.svg = new Svg(
                WIDTH,
                HEAD + ROW * (tracks.size() + 1) + 34,
                "The journey to the cause: what was thought of each suspect, and when");
    }

    static String svg(Incident incident) {
        return new JourneyPicture(incident).draw();
    }

    private String draw() {
        double bottom = HEAD + ROW * (tracks.size() + 1.0);
        svg.text(LEFT, 12, "start", Svg.QUIET, "quiet", Times.clock(journey.from()));
        svg.text(RIGHT, 12, "end", Svg.QUIET, "quiet", Times.clock(journey.to()));
        svg.text(0, HEAD + 4, "start", Svg.INK, "ink", "incident");
        svg.line(LEFT, HEAD, RIGHT, HEAD, Svg.QUIET, "quiet");
        milestones(bottom);
        for (int i = 0; i < tracks.size(); i++) {
            track(tracks.get(i), HEAD + ROW * (i + 1.0));
        }
        legend(bottom + 18);
        return svg.toString();
    }

    private void milestones(double bottom) {
        double free = LEFT - 20;
        for (Journey.Milestone milestone : Journey.Milestone.all(incident)) {
            double x = scale.x(milestone.at());
            double place = Math.max(x, free + 15);
            svg.dashes(x, HEAD, x, bottom - 8, Svg.FAINT, "faint");
            svg.circle(place, HEAD, 7, milestone.colour(), milestone.name() + " disc");
            svg.text(place, HEAD + 4, "middle", "#ffffff", "number", String.valueOf(milestone.letter()));
            free = place;
        }
    }

    private void track(Journey.Track track, double y) {
        svg.text(0, y + 4, "start", Svg.INK, "ink", shortened(track.name()));
        List<Opinion> opinions = track.opinions();
        for (int i = 0; i < opinions.size(); i++) {
            Instant until = i + 1 < opinions.size() ? opinions.get(i + 1).at() : journey.to();
            double x = scale.x(opinions.get(i).at());
            double wide = Math.max(2, scale.x(until) - x);
            Finding finding = opinions.get(i).finding();
            svg.box(x, y - high(finding) / 2, wide, high(finding), colour(finding), name(finding));
        }
        Opinion last = opinions.getLast();
        svg.text(
                RIGHT + 8,
                y + 4,
                "start",
                colour(last.finding()),
                name(last.finding()),
                last.finding().symbol() + " " + Times.clock(last.at()));
    }

    private void legend(double y) {
        double x = 0;
        for (Journey.Milestone kind : Journey.Milestone.kinds(incident)) {
            svg.circle(x + 7, y - 4, 7, kind.colour(), kind.name() + " disc");
            svg.text(x + 7, y, "middle", "#ffffff", "number", String.valueOf(kind.letter()));
            svg.text(x + 18, y, "start", Svg.QUIET, "quiet", kind.what());
            x += 34 + Svg.widthOf(kind.what());
        }
        for (Finding finding : List.of(Finding.INCONCLUSIVE, Finding.CLEARED, Finding.IMPLICATED)) {
            String word = finding == Finding.INCONCLUSIVE ? "open" : finding.symbol();
            svg.box(x, y - 4 - high(finding) / 2, 20, high(finding), colour(finding), name(finding));
            svg.text(x + 26, y, "start", Svg.QUIET, "quiet", word);
            x += 44 + Svg.widthOf(word);
        }
    }

    /// What is implicated is thick, what is cleared is thin: told apart without colours, too.
    private static double high(Finding finding) {
        return switch (finding) {
            case IMPLICATED -> 14;
            case INCONCLUSIVE -> 8;
            case CLEARED -> 3;
            case NOT_MEASURED -> 1;
        };
    }

    private static String colour(Finding finding) {
        return switch (finding) {
            case IMPLICATED -> Svg.VERMILION;
            case INCONCLUSIVE -> Svg.ORANGE;
            case CLEARED -> Svg.GREEN;
            case NOT_MEASURED -> Svg.FAINT;
        };
    }

    private static String name(Finding finding) {
        return switch (finding) {
            case IMPLICATED -> "found";
            case INCONCLUSIVE -> "open";
            case CLEARED -> "good";
            case NOT_MEASURED -> "faint";
        };
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }
}
