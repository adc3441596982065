package io.staunch.incident;

import io.staunch.remedy.RecordedChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Something that happened, as it is marked in plots: a release, a change, an act, what Staunch found.
///
/// @param what in a few words
public record Mark(Instant at, Kind kind, String what) {
    /// What a mark tells of.
    public enum Kind {
        CHANGE,
        FOUND,
        ACT,
        RECOVERED
    }

    /// All of an incident, in the order of time.
    public static List<Mark> of(Incident incident) {
        List<Mark> marks = new ArrayList<>();
        for (RecordedChange change : incident.changes()) {
            marks.add(new Mark(change.at(), Kind.CHANGE, inShort(change)));
        }
        marks.add(new Mark(incident.detected(), Kind.FOUND, "leak called"));
        incident.causeNamed().ifPresent(at -> marks.add(new Mark(at, Kind.FOUND, "cause named")));
        for (Attempt attempt : incident.attempts()) {
            marks.add(new Mark(attempt.at(), Kind.ACT, attempt.act() + " to " + attempt.to()));
        }
        incident.recovered().ifPresent(at -> marks.add(new Mark(at, Kind.RECOVERED, "growth seen ended")));
        marks.sort(Comparator.comparing(Mark::at));
        return List.copyOf(marks);
    }

    private static String inShort(RecordedChange change) {
        return switch (change.kind()) {
            case RELEASE -> "release " + change.service() + " " + change.what();
            case ROLLBACK -> "rollback of " + change.service() + " to " + change.what();
            case SCHEMA -> "schema update " + change.what();
            case CONFIGURATION -> "configuration of " + change.service();
            case RESTART -> "restart of " + change.service();
            case SCALE -> "instances of " + change.service();
        };
    }

    String colour() {
        return switch (kind) {
            case CHANGE -> Svg.QUIET;
            case FOUND -> Svg.VERMILION;
            case ACT -> Svg.BLUE;
            case RECOVERED -> Svg.GREEN;
        };
    }

    /// The class of its shapes, for pages with themes.
    String name() {
        return switch (kind) {
            case CHANGE -> "quiet";
            case FOUND -> "found";
            case ACT -> "act";
            case RECOVERED -> "good";
        };
    }
}
