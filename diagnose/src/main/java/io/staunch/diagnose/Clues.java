package io.staunch.diagnose;

import io.staunch.diagnose.Clue.Bearing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Collects the clues on one suspect.
final class Clues {
    private final String id;
    private final String name;
    private final List<Clue> clues = new ArrayList<>();

    Clues(String id, String name) {
        this.id = id;
        this.name = name;
    }

    Clues speaksFor(Rule rule, Instant at, String sentence) {
        clues.add(new Clue(at, Bearing.FOR, rule.id(), sentence));
        return this;
    }

    Clues speaksAgainst(Rule rule, Instant at, String sentence) {
        clues.add(new Clue(at, Bearing.AGAINST, rule.id(), sentence));
        return this;
    }

    Clues leavesOpen(Rule rule, Instant at, String sentence) {
        clues.add(new Clue(at, Bearing.NEITHER, rule.id(), sentence));
        return this;
    }

    Suspect implicated() {
        return new Suspect(id, name, Finding.IMPLICATED, clues);
    }

    Suspect cleared() {
        return new Suspect(id, name, Finding.CLEARED, clues);
    }

    Suspect inconclusive() {
        return new Suspect(id, name, Finding.INCONCLUSIVE, clues);
    }
}
