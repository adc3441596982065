package io.staunch.diagnose;

import java.util.List;

/// A possible explanation and how it came out. Equal observations give equal suspects.
///
/// @param id   stable across versions: `traffic-surge`, `library:group:artifact`
/// @param name as people say it: `traffic surge`
public record Suspect(String id, String name, Finding finding, List<Clue> clues) {
    public Suspect {
        clues = List.copyOf(clues);
        if (finding != Finding.NOT_MEASURED && clues.isEmpty()) {
            throw new IllegalArgumentException(
                    "suspect " + id + ": expected evidence for '" + finding.symbol() + "', found none");
        }
    }

    /// The evidence as sentences, in the order in which it was weighed.
    public List<String> evidence() {
        return clues.stream().map(Clue::sentence).toList();
    }

    static Suspect notMeasured(String id, String name) {
        return new Suspect(id, name, Finding.NOT_MEASURED, List.of());
    }
}
