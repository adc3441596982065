package io.staunch.diagnose;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.diagnose.Change.Restart;
import io.staunch.diagnose.Restarts.Sign;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The ways between services, each by its own time: the network by connects, the database by waits and
/// statements, the load balancer by what it takes itself.
///
/// A program that runs out of memory is slow to ask and slow to take answers, so slow times beside a leak decide
/// nothing; times that stayed quick clear, whatever else goes on.
final class HopSuspects {
    /// A 95 % time below which no user notices a hop.
    private static final double QUICK_SECONDS = 0.05;
    /// A hop that takes this much longer than before is slow for a reason of its own.
    private static final double MUCH_LONGER = 2;
    /// What stayed within this share of what it was is level.
    private static final double LEVEL = 0.3;

    private HopSuspects() {}

    static List<Suspect> judge(Observations o) {
        return List.of(
                hop(o, "network", "the network", Rule.NETWORK_CONNECTS, List.of(Hop.CONNECT), List.of()),
                hop(
                        o,
                        "load-balancer",
                        "the load balancer",
                        Rule.BALANCER_OWN_TIME,
                        List.of(Hop.BALANCER),
                        restarts(o, "balancer")),
                hop(
                        o,
                        "database",
                        "the database",
                        Rule.DATABASE_TIMES,
                        List.of(Hop.POOL_WAIT, Hop.QUERY),
                        restarts(o, "database")));
    }

    private static List<Restart> restarts(Observations o, String word) {
        return Restarts.of(o)
                .filter(restart -> restart.service().contains(word))
                .toList();
    }

    private record Way(Series series, Shift shift) {
        boolean quick() {
            return shift.late() <= QUICK_SECONDS || shift.relative() <= LEVEL;
        }

        boolean slow() {
            return shift.late() > QUICK_SECONDS && shift.relative() >= MUCH_LONGER;
        }

        String sentence() {
            return series.name() + " " + Figures.value(series, shift.early()) + " before, "
                    + Figures.value(series, shift.late()) + " now";
        }
    }

    private static Suspect hop(
            Observations o, String id, String name, Rule rule, List<Series> measured, List<Restart> restarts) {
        List<Way> ways = ways(o, measured);
        Clues clues = new Clues(id, name);
        Sign restarted = Restarts.weigh(clues, o, restarts);
        if (ways.isEmpty()) {
            return switch (restarted) {
                case NONE -> Suspect.notMeasured(id, name);
                case FRESH -> clues.inconclusive();
                case IN_VAIN -> clues.cleared();
            };
        }
        String figures = ways.stream().map(Way::sentence).collect(Collectors.joining("; "));
        boolean quick = ways.stream().allMatch(Way::quick);
        if (!o.leaks() && ways.stream().anyMatch(Way::slow)) {
            return clues.speaksFor(rule, o.to(), figures).implicated();
        }
        if (quick) {
            clues.speaksAgainst(rule, o.to(), figures);
        } else {
            clues.leavesOpen(rule, o.to(), figures);
        }
        return switch (restarted) {
            case NONE -> quick ? clues.cleared() : clues.inconclusive();
            case FRESH -> clues.inconclusive();
            case IN_VAIN -> clues.cleared();
        };
    }

    /// The slowest first.
    private static List<Way> ways(Observations o, List<Series> measured) {
        List<Way> ways = new ArrayList<>();
        for (Map.Entry<Series, List<Sample>> history : o.histories().entrySet()) {
            boolean asked = measured.stream()
                    .anyMatch(kind -> history.getKey().name().equals(kind.name())
                            || history.getKey().name().startsWith(kind.name() + ": "));
            Optional<Shift> shift = asked ? Shift.of(history.getValue()) : Optional.empty();
            shift.ifPresent(moved -> ways.add(new Way(history.getKey(), moved)));
        }
        ways.sort(Comparator.comparingDouble((Way way) -> -way.shift().late())
                .thenComparing(way -> way.series().name()));
        return ways;
    }
}
