package io.staunch.incident;

import io.staunch.diagnose.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The outage's journey as a drawing in plain characters: a line for each suspect, from the leak's beginning until
/// the incident's end, with what was thought of it at each time.
final class Journey {
    private static final int WIDTH = 50;

    private final Instant from;
    private final Instant to;

    private Journey(Instant from, Instant to) {
        this.from = from;
        this.to = to;
    }

    static List<String> draw(Incident incident) {
        Instant end = incident.closed().or(incident::recovered).orElseGet(incident::detected);
        Instant start = incident.began().isBefore(incident.detected()) ? incident.began() : incident.detected();
        return new Journey(start, end.isAfter(start) ? end : start.plusSeconds(1)).lines(incident);
    }

    private List<String> lines(Incident incident) {
        Map<String, List<Opinion>> bySuspect = new LinkedHashMap<>();
        for (Opinion opinion : incident.opinions()) {
            bySuspect
                    .computeIfAbsent(opinion.suspectId(), id -> new ArrayList<>())
                    .add(opinion);
        }
        bySuspect
                .values()
                .removeIf(opinions -> opinions.stream().allMatch(opinion -> opinion.finding() == Finding.NOT_MEASURED));
        int looked = bySuspect.size();
        bySuspect.values().removeIf(Journey::clearedAtFirstLook);
        int label = Math.max(
                12,
                bySuspect.values().stream()
                        .mapToInt(opinions -> opinions.getLast().name().length())
                        .max()
                        .orElse(0));
        List<String> lines = new ArrayList<>();
        lines.add(" ".repeat(label) + "  " + ruler());
        lines.add(row(label, "incident", marks(incident)));
        bySuspect.values().stream()
                .sorted((one, other) -> rank(one) != rank(other)
                        ? Integer.compare(rank(one), rank(other))
                        : one.getLast().at().compareTo(other.getLast().at()))
                .forEach(opinions -> lines.add(row(label, opinions.getLast().name(), track(opinions))
                        + "  " + opinions.getLast().finding().symbol() + " "
                        + Times.clock(opinions.getLast().at())));
        if (looked > bySuspect.size()) {
            lines.add("and " + (looked - bySuspect.size()) + " more, cleared at the first look");
        }
        lines.add("");
        lines.add("D detected   C cause named   A act   R recovered");
        lines.add("· not yet looked at   ? open   = cleared   # implicated");
        return lines;
    }

    /// Nobody had to follow it: it was no change, and the first thing that was thought of it was that it is not it.
    private static boolean clearedAtFirstLook(List<Opinion> opinions) {
        String id = opinions.getFirst().suspectId();
        boolean change = id.startsWith("release:") || id.startsWith("library:") || id.startsWith("schema:");
        return !change
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

    private char[] track(List<Opinion> opinions) {
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

    /// The cleared first: they are the way that led past the cause.
    private static int rank(List<Opinion> opinions) {
        return switch (opinions.getLast().finding()) {
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
