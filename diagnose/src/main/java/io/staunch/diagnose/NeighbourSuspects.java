package io.staunch.diagnose;

import io.staunch.detect.Verdict;
import io.staunch.diagnose.Change.ReleaseElsewhere;
import io.staunch.diagnose.Change.Restart;
import io.staunch.diagnose.Restarts.Sign;
import java.util.ArrayList;
import java.util.List;

/// The services beside the one that leaks, and what was deployed there.
final class NeighbourSuspects {
    /// A growth of less than this share of another one does not explain it.
    private static final double FAR_LESS = 0.2;

    private NeighbourSuspects() {}

    static List<Suspect> judge(Observations o) {
        List<Suspect> suspects = new ArrayList<>();
        for (Neighbour neighbour : o.neighbours()) {
            if (!neighbour.sameService()) {
                suspects.add(service(o, neighbour));
            }
        }
        for (Change change : o.changes()) {
            if (change instanceof ReleaseElsewhere release) {
                suspects.add(release(o, release));
            }
        }
        return suspects;
    }

    private static Suspect service(Observations o, Neighbour neighbour) {
        Clues clues = new Clues("service:" + neighbour.name(), "the service " + neighbour.name());
        List<Restart> restarts = Restarts.of(o)
                .filter(restart -> restart.service().equals(neighbour.name()))
                .toList();
        Sign restarted = Restarts.weigh(clues, o, restarts);
        String watched = "watched beside it for " + Figures.duration(neighbour.watched()) + ": "
                + neighbour.overall().verdict().why();
        if (restarted == Sign.FRESH) {
            return clues.inconclusive();
        }
        if (neighbour.leaks() && growsFarLess(o, neighbour)) {
            return clues.speaksAgainst(Rule.SERVICE_SLOWER, o.to(), watched + ", far less than what is explained here")
                    .cleared();
        }
        if (neighbour.leaks()) {
            return clues.leavesOpen(Rule.SERVICE_LEAKS, o.to(), watched).inconclusive();
        }
        if (neighbour.isInnocent()) {
            return clues.speaksAgainst(Rule.SERVICE_INNOCENT, o.to(), watched).cleared();
        }
        clues.leavesOpen(Rule.SERVICE_INNOCENT, o.to(), watched);
        return restarted == Sign.IN_VAIN ? clues.cleared() : clues.inconclusive();
    }

    private static boolean growsFarLess(Observations o, Neighbour neighbour) {
        boolean comparable =
                neighbour.overall().series().unit() == o.overall().series().unit();
        return comparable
                && o.overall().verdict() instanceof Verdict.Leaking here
                && neighbour.overall().verdict() instanceof Verdict.Leaking there
                && there.rate().perHour() < FAR_LESS * here.rate().perHour();
    }

    private static Suspect release(Observations o, ReleaseElsewhere release) {
        String name = "release " + release.service() + " " + release.to();
        Clues clues = new Clues("release:" + release.service() + "@" + release.to(), name);
        boolean leaksThere = o.neighbours().stream()
                .anyMatch(neighbour ->
                        neighbour.name().equals(release.service()) && neighbour.leaks() && !growsFarLess(o, neighbour));
        if (!o.leaks()) {
            return clues.speaksAgainst(Rule.NO_LEAK_SINCE, o.to(), "no leak was found since it was deployed")
                    .cleared();
        }
        if (leaksThere) {
            return clues.leavesOpen(Rule.RELEASE_ELSEWHERE, o.to(), release.service() + " leaks too")
                    .inconclusive();
        }
        return clues.speaksAgainst(
                        Rule.RELEASE_ELSEWHERE,
                        o.to(),
                        "what grows is in another process: it changed " + release.service() + " alone")
                .cleared();
    }
}
