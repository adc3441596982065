package io.staunch.diagnose;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What is not in the program at all: traffic, capacity, a limit.
final class LoadSuspects {
    /// Load that changed by less explains no growth.
    private static final double STEADY_LOAD = 0.2;

    private static final double SURGE = 0.5;
    /// A floor above this share of the limit leaves no room for normal work.
    private static final double CRAMPED = 0.8;

    private LoadSuspects() {}

    static List<Suspect> judge(Observations o) {
        return List.of(traffic(o), attack(o), capacity(o), limit(o));
    }

    private static Suspect traffic(Observations o) {
        Clues clues = new Clues("traffic-surge", "traffic surge");
        Optional<Shift> load = Shift.of(o.history(Series.REQUESTS));
        if (load.isEmpty()) {
            return Suspect.notMeasured("traffic-surge", "traffic surge");
        }
        double change = load.get().relative();
        String range = Figures.value(Series.REQUESTS, load.get().early()) + " to "
                + Figures.value(Series.REQUESTS, load.get().late());
        boolean grows = o.leaks() || o.overall().verdict() instanceof Verdict.Growing;
        if (change < STEADY_LOAD) {
            return clues.speaksAgainst(
                            Rule.TRAFFIC_LEVEL,
                            o.to(),
                            "requests went from " + range + (grows ? " while memory grew" : ""))
                    .cleared();
        }
        if (o.leaks()) {
            return clues.leavesOpen(
                            Rule.TRAFFIC_ROSE,
                            o.to(),
                            "requests rose from " + range + "; what they leave behind stays afterwards")
                    .inconclusive();
        }
        return grows && change >= SURGE
                ? clues.speaksFor(Rule.TRAFFIC_ROSE, o.to(), "requests rose from " + range + " and memory follows them")
                        .implicated()
                : clues.leavesOpen(Rule.TRAFFIC_ROSE, o.to(), "requests rose from " + range)
                        .inconclusive();
    }

    /// Many requests from few: an attack, or a robot that runs wild.
    private static Suspect attack(Observations o) {
        String name = "an attack (DDoS)";
        Optional<Shift> each = Shift.of(o.history(Hop.PER_CLIENT));
        Optional<Shift> all = Shift.of(o.history(Series.REQUESTS));
        if (each.isEmpty() || all.isEmpty()) {
            return Suspect.notMeasured("attack", name);
        }
        Clues clues = new Clues("attack", name);
        String figures =
                "each visitor sent " + Figures.value(Hop.PER_CLIENT, each.get().early())
                        + " and now " + Figures.value(Hop.PER_CLIENT, each.get().late()) + ", all together "
                        + Figures.value(Series.REQUESTS, all.get().early()) + " and now "
                        + Figures.value(Series.REQUESTS, all.get().late());
        boolean level = each.get().relative() < SURGE && all.get().relative() < SURGE;
        return level
                ? clues.speaksAgainst(Rule.ATTACK_LEVEL, o.to(), figures).cleared()
                : clues.leavesOpen(Rule.ATTACK_ROSE, o.to(), figures).inconclusive();
    }

    private static Suspect capacity(Observations o) {
        Clues clues = new Clues("capacity", "too little capacity");
        return switch (o.overall().verdict()) {
            case Verdict.Leaking leaking -> {
                clues.speaksAgainst(
                        Rule.CAPACITY_GROWS_ANYWAY,
                        o.to(),
                        "it grows by "
                                + Figures.rate(
                                        o.overall().series(), leaking.rate().perHour())
                                + " whatever there is: more memory or more instances only delay the end");
                otherInstances(clues, o);
                yield clues.cleared();
            }
            case Verdict.Steady _ ->
                share(o, Series.LIVE_SET)
                        .map(share -> share < CRAMPED
                                ? clues.speaksAgainst(
                                                Rule.CAPACITY_ROOM,
                                                o.to(),
                                                "live memory is " + percent(share) + " of the limit and steady")
                                        .cleared()
                                : clues.speaksFor(
                                                Rule.CAPACITY_ROOM,
                                                o.to(),
                                                "live memory is " + percent(share) + " of the limit and steady")
                                        .implicated())
                        .orElseGet(() -> Suspect.notMeasured("capacity", "too little capacity"));
            case Verdict.Growing _, Verdict.Unknown _ ->
                clues.leavesOpen(
                                Rule.CAPACITY_TOO_SHORT,
                                o.to(),
                                "watched for " + Figures.duration(Duration.between(o.from(), o.to()))
                                        + ", which does not tell where it ends")
                        .inconclusive();
        };
    }

    /// A fresh instance in which the same piles up had all the capacity that it could want.
    private static void otherInstances(Clues clues, Observations o) {
        Optional<Accumulation> here = o.held().culprit().flatMap(Culprit::lead);
        if (here.isEmpty()) {
            return;
        }
        for (Neighbour other : o.neighbours()) {
            if (other.sameService()) {
                other.growth(here.get().type())
                        .ifPresent(there -> clues.speaksAgainst(
                                Rule.CAPACITY_OTHERS_GROW, o.to(), growsToo(other, here.get(), there)));
            }
        }
    }

    private static String growsToo(Neighbour other, Accumulation here, Accumulation there) {
        return "in " + other.name() + " " + there.type() + " grows too, by "
                + Figures.count(there.instancesPerHour() / 60) + " a minute (here by "
                + Figures.count(here.instancesPerHour() / 60) + ")";
    }

    private static Suspect limit(Observations o) {
        Clues clues = new Clues("limit", "a memory limit set too low");
        Optional<Double> share = share(o, Series.LIVE_SET);
        if (share.isEmpty()) {
            return Suspect.notMeasured("limit", "a memory limit set too low");
        }
        String used = "what stays alive is " + percent(share.get()) + " of the heap's limit";
        if (o.leaks()) {
            return clues.speaksAgainst(
                            Rule.LIMIT_GROWS, o.to(), used + " and grows: a higher limit is reached too, only later")
                    .cleared();
        }
        return share.get() < CRAMPED
                ? clues.speaksAgainst(Rule.LIMIT_SHARE, o.to(), used).cleared()
                : clues.speaksFor(Rule.LIMIT_SHARE, o.to(), used + " without a leak")
                        .implicated();
    }

    private static Optional<Double> share(Observations o, Series series) {
        List<Sample> history = o.history(series);
        OptionalDouble limit = o.limit(series);
        return history.isEmpty() || limit.isEmpty()
                ? Optional.empty()
                : Optional.of(history.getLast().value() / limit.getAsDouble());
    }

    private static String percent(double share) {
        return Math.round(share * 100) + " %";
    }
}
