package io.staunch.incident;

import io.staunch.diagnose.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The outage's journey: a line for each suspect, from the leak's beginning until the incident's end, with what was
/// thought of it at each time; drawn here in plain characters.
record Journey(Instant from, Instant to) {
    private static final int WIDTH = 50;

    /// A suspect that somebody might have followed, with what was thought of it, oldest first.
    record Track(String name, List<Opinion> opinions) {
        Finding last() {
            return opinions.getLast().finding();
        }
    }

    /// A turn of the incident.
    record Milestone(Instant at, char letter, String what, String colour, String name) {
        /// One of each kind that this incident has.
        static List<Milestone> kinds(Incident incident) {
            Map<Character, Milestone> kinds = new LinkedHashMap<>();
            all(incident).forEach(one -> kinds.putIfAbsent(one.letter(), one));
            return List.copyOf(kinds.values());
        }

        /// In the order of time.
        static List<Milestone> all(Incident incident) {
            List<Milestone> milestones = new ArrayList<>();
            milestones.add(new Milestone(incident.detected(), 'D', "detected", Svg.VERMILION, "found"));
            incident.causeNamed()
                    .ifPresent(at -> milestones.add(new Milestone(at, 'C', "cause named", Svg.VERMILION, "found")));
            incident.attempts()
                    .forEach(attempt -> milestones.add(new Milestone(attempt.at(), 'A', "act", Svg.BLUE, "act")));
            incident.recovered()
                    .ifPresent(at -> milestones.add(new Milestone(at, 'R', "recovered", Svg.GREEN, "good")));
            milestones.sort(Comparator.comparing(Milestone::at));
            return milestones;
        }
    }

    static Journey of(Incident incident) {
        Instant end = incident.closed().or(incident::recovered).orElseGet(() -> latest(incident));
        Instant start = incident.began().isBefore(incident.detected()) ? incident.began() : incident.detected();
        return new Journey(start, end.isAfter(start) ? end : start.plusSeconds(1));
    }

    /// Of one that is still open: the last that is known of it.
    private static Instant latest(Incident incident) {
        return incident.timeline().isEmpty()
                ? incident.detected()
                : incident.timeline().getLast().at();
    }

    static List<String> draw(Incident incident) {
        return of(incident).lines(incident);
    }

    /// Those that somebody might have followed. The cleared first: they are the way that led past the cause.
    List<Track> tracks(Incident incident) {
        return looked(incident).values().stream()
                .filter(opinions -> !clearedAtFirstLook(opinions))
                .map(opinions -> new Track(opinions.getLast().name(), opinions))
                .sorted(Comparator.<Track>comparingInt(track -> rank(track.last()))
                        .thenComparing(track -> track.opinions().getLast().at()))
                .toList();
    }

    private static Map<String, List<Opinion>> looked(Incident incident) {
        Map<String, List<Opinion>> bySuspect = new LinkedHashMap<>();
        for (Opinion opinion : incident.opinions()) {
            bySuspect
                    .computeIfAbsent(opinion.suspectId(), id -> new ArrayList<>())
                    .add(opinion);
        }
        bySuspect
                .values()
                .removeIf(opinions -> opinions.stream().allMatch(opinion -> opinion.finding() == Finding.NOT_MEASURED));
        return bySuspect;
    }

    private List<String> lines(Incident incident) {
        List<Track> tracks = tracks(incident);
        int looked = looked(incident).size();
        int label = Math.max(
                12,
                tracks.stream().mapToInt(track -> track.name().length()).max().orElse(0));
        List<String> lines = new ArrayList<>();
        lines.add(" ".repeat(label) + "  " + ruler());
        lines.add(row(label, "incident", marks(incident)));
        tracks.forEach(track -> lines.add(row(label, track.name(), characters(track.opinions())) + "  "
                + track.last().symbol() + " "
                + Times.clock(track.opinions().getLast().at())));
        if (looked > tracks.size()) {
            lines.add("and " + (looked - tracks.size()) + " more, cleared at the first look");
        }
        lines.add("");
        lines.add("D detected   C cause named   A act   R recovered");
        lines.add("· not yet looked at   ? open   = cleared   # implicated");
        return lines;
    }

    /// Nobody had to follow it: it was no change, and the first thing that was thought of it was that it is not it.
    private static boolean clearedAtFirstLook(List<Opinion> opinions) {
        return !Sentences.isChange(opinions.getFirst().suspectId())
                && opinions.stream()
                        .allMatch(opinion ->
                                opinion.finding() == Finding.CLEARED || opinion.finding() == Finding.NOT_MEASURED);
    }

    private String ruler() {
        String left = Times.clock(from);
        String right = Times.clock(to);
        return left + " ".repeat(Math.max(1, WIDTH - left.length() - right.length())) + right;
    }

    private char[] marks(Incident incident) {
        char[] row = blank('─');
        incident.attempts().forEach(attempt -> row[column(attempt.at())] = 'A');
        row[column(incident.detected())] = 'D';
        incident.causeNamed().ifPresent(at -> row[free(row, column(at))] = 'C');
        incident.recovered().ifPresent(at -> row[column(at)] = 'R');
        return row;
    }

    /// A mark that would cover another one goes beside it.
    private static int free(char[] row, int column) {
        return row[column] == '─' || column + 1 >= row.length ? column : column + 1;
    }

    private char[] characters(List<Opinion> opinions) {
        char[] row = blank('·');
        for (Opinion opinion : opinions) {
            Arrays.fill(row, column(opinion.at()), WIDTH, symbol(opinion.finding()));
        }
        return row;
    }

    private static char symbol(Finding finding) {
        return switch (finding) {
            case IMPLICATED -> '#';
            case CLEARED -> '=';
            case INCONCLUSIVE -> '?';
            case NOT_MEASURED -> '·';
        };
    }

    private static int rank(Finding finding) {
        return switch (finding) {
            case CLEARED -> 0;
            case INCONCLUSIVE -> 1;
            case NOT_MEASURED -> 2;
            case IMPLICATED -> 3;
        };
    }

    private int column(Instant at) {
        double share = (double) Duration.between(from, at).toMillis()
                / Duration.between(from, to).toMillis();
        return Math.clamp(Math.round(share * (WIDTH - 1)), 0, WIDTH - 1);
    }

    private static char[] blank(char fill) {
        char[] row = new char[WIDTH];
        Arrays.fill(row, fill);
        return row;
    }

    private static String row(int label, String name, char[] track) {
        return name + " ".repeat(label - name.length()) + "  " + new String(track);
    }
}
