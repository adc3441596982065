package io.staunch.diagnose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Judges every possible explanation by fixed rules: equal observations give an equal board.
///
/// A suspect is implicated or cleared only by something that was seen; what was not seen is *not measured*, and
/// what was seen and does not decide is *inconclusive*.
public final class SuspectBoard {
    private SuspectBoard() {}

    /// The board, the implicated first, then the inconclusive, the cleared and the not measured. A change that was told
    /// of twice, or made again, is one suspect, with the finding that comes first in this order.
    public static List<Suspect> judge(Observations observations) {
        List<Suspect> board = new ArrayList<>();
        board.addAll(ChangeSuspects.judge(observations));
        board.addAll(LoadSuspects.judge(observations));
        board.addAll(HopSuspects.judge(observations));
        board.addAll(NeighbourSuspects.judge(observations));
        board.addAll(ResourceSuspects.judge(observations));
        board.sort(Comparator.comparingInt(suspect -> order(suspect.finding())));
        Set<String> seen = new HashSet<>();
        board.removeIf(suspect -> !seen.add(suspect.id() + " " + suspect.name()));
        return List.copyOf(board);
    }

    private static int order(Finding finding) {
        return switch (finding) {
            case IMPLICATED -> 0;
            case INCONCLUSIVE -> 1;
            case CLEARED -> 2;
            case NOT_MEASURED -> 3;
        };
    }
}
