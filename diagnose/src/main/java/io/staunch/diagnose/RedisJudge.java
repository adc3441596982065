package io.staunch.diagnose;

import io.staunch.collect.Histogram;
import io.staunch.collect.RedisSurvey;
import io.staunch.collect.RedisSurvey.KeyGroup;
import io.staunch.collect.TypeCount;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Explanation;
import io.staunch.detect.Verdict.Growing;
import io.staunch.detect.Verdict.Leaking;
import io.staunch.detect.Verdict.Rate;
import io.staunch.detect.Verdict.Steady;
import io.staunch.detect.Verdict.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the growth of a Redis server's memory means, by its own settings and by what its keys are: a cache is
/// meant to fill, and one that makes room when it is full does not leak.
public final class RedisJudge {
    private static final double FULL = 0.97;
    /// A group most of whose keys expire comes to an end by itself.
    private static final double MOST_EXPIRE = 0.9;

    private RedisJudge() {}

    /// The verdict on the memory in use.
    ///
    /// @param alone   what the detector says of the series by itself
    /// @param growing the key groups that grow, as [#growing] names them
    public static Verdict judge(Verdict alone, RedisSurvey now, List<GrowingType> growing) {
        boolean full = now.limit() > 0 && now.used() >= FULL * now.limit();
        if (full && now.makesRoom() && now.evicted() > 0) {
            return new Growing(
                    new Rate(0, 0, 0),
                    Explanation.BOUNDED,
                    "full at its limit of " + Figures.bytes(now.limit()) + ", and keys make room (" + now.policy()
                            + ", " + Figures.count(now.evicted()) + " so far)");
        }
        if (full && !now.makesRoom()) {
            return new Unknown("full at its limit of " + Figures.bytes(now.limit()) + ", and no key makes room ("
                    + now.policy() + "): writes are refused");
        }
        return switch (alone) {
            case Leaking leaking -> growth(leaking, now, growing);
            case Growing _, Steady _, Unknown _ -> alone;
        };
    }

    private static Verdict growth(Leaking leaking, RedisSurvey now, List<GrowingType> growing) {
        if (now.makesRoom()) {
            return new Growing(
                    leaking.rate(),
                    Explanation.BOUNDED,
                    "it fills, and makes room among all keys at " + Figures.bytes(now.limit()) + " (" + now.policy()
                            + ")");
        }
        double expiring = expiryShare(now, growing);
        if (expiring >= MOST_EXPIRE) {
            return now.makesRoomAmongExpiring()
                    ? new Growing(
                            leaking.rate(),
                            Explanation.BOUNDED,
                            "it fills with keys that expire, and makes room among them (" + now.policy() + ")")
                    : new Unknown("what grows expires by itself: watch for longer than the keys live");
        }
        return new Leaking(
                leaking.rate(),
                leaking.since(),
                leaking.exhaustion(),
                leaking.confidence(),
                "redis used memory grows steadily by "
                        + Figures.rate(Series.REDIS_USED_MEMORY, leaking.rate().perHour())
                        + ", and nothing makes room (" + now.policy() + ")");
    }

    /// Of the keys in the groups that grow, the share that expires.
    private static double expiryShare(RedisSurvey now, List<GrowingType> growing) {
        double keys = 0;
        double expiring = 0;
        for (KeyGroup group : now.groups()) {
            if (growing.stream().anyMatch(type -> type.type().equals(name(group)))) {
                keys += group.keys();
                expiring += group.keys() * group.expiryShare();
            }
        }
        return keys == 0 ? 0 : expiring / keys;
    }

    /// The key groups that grow, the most bytes first; each is named `keys cart:*`.
    public static List<GrowingType> growing(List<RedisSurvey> surveys) {
        return TypeHistories.growing(surveys.stream().map(RedisJudge::counted).toList());
    }

    /// Whether there are enough surveys to tell which groups grow.
    public static boolean areEnough(List<RedisSurvey> surveys) {
        return TypeHistories.areEnough(surveys.stream().map(RedisJudge::counted).toList());
    }

    private static Histogram counted(RedisSurvey survey) {
        return new Histogram(
                survey.at(),
                Duration.ZERO,
                true,
                survey.groups().stream()
                        .map(group -> new TypeCount(name(group), group.keys(), group.bytes()))
                        .toList());
    }

    private static String name(KeyGroup group) {
        return "keys " + group.pattern();
    }

    /// What leaks, once it is known which keys grow.
    public static Optional<Culprit> culprit(RedisSurvey now, List<GrowingType> growing) {
        if (growing.isEmpty()) {
            return Optional.empty();
        }
        KeyGroup lead = now.groups().stream()
                .filter(group -> name(group).equals(growing.getFirst().type()))
                .findFirst()
                .orElseThrow();
        String limit = now.limit() == 0 ? "no limit" : "a limit of " + Figures.bytes(now.limit());
        return Optional.of(new Culprit(
                Shape.CACHE,
                growing.stream().map(GrowingType::accumulation).toList(),
                List.of(
                        "redis " + now.version() + " with " + limit + " and the policy " + now.policy(),
                        name(lead) + ", " + Math.round(100 * (1 - lead.expiryShare()))
                                + " % of them without an expiry"),
                List.of(),
                Optional.of("pkg:generic/redis@" + now.version()),
                Optional.empty(),
                Optional.empty()));
    }
}
