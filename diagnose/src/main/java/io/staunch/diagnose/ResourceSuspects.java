package io.staunch.diagnose;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a service takes and must give back: sessions, connections, threads, class loaders, native memory, caches.
final class ResourceSuspects {
    /// A count that moved by less than this share did not grow.
    private static final double STILL = 0.05;

    private ResourceSuspects() {}

    static List<Suspect> judge(Observations o) {
        List<Suspect> suspects = new ArrayList<>();
        suspects.add(counted(o, "sessions", "sessions", Series.SESSIONS, Shape.SESSIONS, "session"));
        suspects.add(counted(
                o, "connections", "database connections", Series.CONNECTIONS_IN_USE, Shape.CONNECTIONS, "connection"));
        suspects.add(counted(o, "threads", "threads", Series.THREADS, Shape.THREADS, "thread"));
        suspects.add(counted(o, "class-loaders", "class loaders", Series.METASPACE, Shape.CLASSES, ""));
        suspects.add(directMemory(o));
        suspects.add(nativeMemory(o));
        suspects.add(cache(o));
        return suspects;
    }

    /// By the culprit's shape where there is one, else by the count itself.
    private static Suspect counted(Observations o, String id, String name, Series series, Shape shape, String word) {
        Clues clues = new Clues(id, name);
        if (o.leaks() && o.held().culprit().filter(c -> c.shape() == shape).isPresent()) {
            return clues.speaksFor(Rule.RESOURCE_SHAPE, o.to(), shape.sentence() + ": " + lead(o))
                    .implicated();
        }
        if (o.leaks() && !word.isEmpty() && leadsWith(o, word)) {
            return clues.speaksFor(Rule.RESOURCE_LEAD, o.to(), "what piles up is one of them: " + lead(o))
                    .implicated();
        }
        Optional<Shift> shift = Shift.of(o.history(series));
        if (shift.isEmpty()) {
            return byTypes(o, id, name, word);
        }
        Optional<Verdict> verdict = o.judgement(series).map(Judgement::verdict);
        if (verdict.orElse(null) instanceof Verdict.Leaking leaking) {
            boolean explained =
                    o.leaks() && o.held().culprit().flatMap(Culprit::library).isPresent();
            return explained
                    ? clues.leavesOpen(
                                    Rule.RESOURCE_BESIDE, o.to(), leaking.why() + ", beside what piles up: " + lead(o))
                            .inconclusive()
                    : clues.speaksFor(Rule.RESOURCE_COUNT, o.to(), leaking.why())
                            .implicated();
        }
        String moved = series.name() + " went from "
                + Figures.value(series, shift.get().early()) + " to "
                + Figures.value(series, shift.get().late());
        boolean still = shift.get().relative() <= STILL;
        return still || verdict.filter(ResourceSuspects::clears).isPresent()
                ? clues.speaksAgainst(Rule.RESOURCE_COUNT, o.to(), moved).cleared()
                : clues.leavesOpen(Rule.RESOURCE_COUNT, o.to(), moved).inconclusive();
    }

    private static boolean clears(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Steady _, Verdict.Growing _ -> true;
            case Verdict.Leaking _, Verdict.Unknown _ -> false;
        };
    }

    /// Sessions and connections are objects too: if none of their types grows, neither do they.
    private static Suspect byTypes(Observations o, String id, String name, String word) {
        if (!o.held().typesSeen() || word.isEmpty()) {
            return Suspect.notMeasured(id, name);
        }
        List<String> named = o.held().growing().stream()
                .map(Accumulation::type)
                .filter(type -> Words.of(type).contains(word))
                .limit(3)
                .toList();
        Clues clues = new Clues(id, name);
        return named.isEmpty()
                ? clues.speaksAgainst(
                                Rule.RESOURCE_NO_TYPE, o.to(), "no type named after them is among those that grow")
                        .cleared()
                : clues.leavesOpen(Rule.RESOURCE_TYPES, o.to(), "grows: " + String.join(", ", named))
                        .inconclusive();
    }

    private static Suspect directMemory(Observations o) {
        return counted(o, "direct-memory", "direct buffers", Series.DIRECT_BUFFERS, Shape.DIRECT_MEMORY, "");
    }

    private static Suspect nativeMemory(Observations o) {
        boolean split = !o.history(Series.NATIVE_MEMORY).isEmpty();
        Series series = split ? Series.NATIVE_MEMORY : Series.RSS_BEYOND_HEAP;
        return counted(o, "native-memory", "native memory", series, Shape.NATIVE_MEMORY, "");
    }

    private static Suspect cache(Observations o) {
        Clues clues = new Clues("cache", "a cache that fills");
        if (o.held().softlyHeld()) {
            return clues.speaksFor(
                            Rule.CACHE_SOFT,
                            o.to(),
                            "what grows is held by soft references alone and goes before memory runs out")
                    .implicated();
        }
        return switch (o.overall().verdict()) {
            case Verdict.Growing(var _, var explanation, var why)
            when explanation == Verdict.Explanation.BOUNDED || explanation == Verdict.Explanation.WARMING_UP ->
                clues.speaksFor(Rule.CACHE_BOUND, o.to(), why).implicated();
            case Verdict.Growing(var _, var _, var why) ->
                clues.leavesOpen(Rule.CACHE_BOUND, o.to(), why).inconclusive();
            case Verdict.Leaking _
            when o.held().culprit().filter(c -> c.shape() == Shape.CACHE).isPresent() ->
                clues.speaksFor(Rule.RESOURCE_SHAPE, o.to(), Shape.CACHE.sentence() + ": " + lead(o))
                        .implicated();
            case Verdict.Leaking leaking ->
                clues.speaksAgainst(
                                Rule.CACHE_NO_BOUND,
                                o.to(),
                                "it was still growing at the same pace at the end of "
                                        + Figures.duration(Duration.between(leaking.since(), o.to()))
                                        + ", with no bound in sight")
                        .cleared();
            case Verdict.Steady(var why) ->
                clues.speaksAgainst(Rule.CACHE_BOUND, o.to(), why).cleared();
            case Verdict.Unknown _ -> Suspect.notMeasured("cache", "a cache that fills");
        };
    }

    /// A pool's own count is no witness for what is opened beside the pool.
    private static boolean leadsWith(Observations o, String word) {
        return leadType(o).filter(type -> Words.of(type).contains(word)).isPresent();
    }

    private static String lead(Observations o) {
        return leadType(o).orElse("type not known");
    }

    private static Optional<String> leadType(Observations o) {
        return o.held().culprit().flatMap(Culprit::lead).map(Accumulation::type);
    }
}
