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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What the growth of a Redis server's memory means, by its own settings and by what its keys are: a cache is
/// meant to fill, and one that makes room when it is full does not leak.
public final class RedisJudge {
    private static final double FULL = 0.97;
    /// A group most of whose keys expire comes to an end by itself.
    private static final double MOST_EXPIRE = 0.9;

    private static final String SERVER = "pkg:generic/redis@";
    private static final String KEYS = "keys ";
    private static final String OUTPUT_BUFFERS = "client output buffers";
    private static final String SCRIPTS = "scripts";
    /// Parts of the memory that say who fills them. The overhead of keys grows with the keys.
    private static final Set<String> TELLING_PARTS =
            Set.of(OUTPUT_BUFFERS, "client buffers", SCRIPTS, "functions", "replication backlog", "fragmentation");
    /// Of what grows altogether, what a part must have.
    private static final double LEAST_SHARE_OF_GROWTH = 0.1;

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
        Optional<GrowingType> lead = growing.stream().findFirst().filter(type -> !isKeys(type));
        if (lead.isPresent()) {
            return spoken(leaking, lead.get().type() + " grow with it, which no policy makes room in");
        }
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
        return spoken(leaking, "nothing makes room (" + now.policy() + ")");
    }

    private static Leaking spoken(Leaking leaking, String why) {
        return new Leaking(
                leaking.rate(),
                leaking.since(),
                leaking.exhaustion(),
                leaking.confidence(),
                "redis used memory grows steadily by "
                        + Figures.rate(Series.REDIS_USED_MEMORY, leaking.rate().perHour()) + ", and " + why);
    }

    private static boolean isKeys(GrowingType type) {
        return type.type().startsWith(KEYS);
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

    /// The key groups that grow, the most bytes first, each named `keys cart:*`; and the parts beside the keys that
    /// grow: before the keys if they grow by more.
    public static List<GrowingType> growing(List<RedisSurvey> surveys) {
        List<GrowingType> growing =
                TypeHistories.growing(surveys.stream().map(RedisJudge::counted).toList());
        double all = growing.stream().mapToDouble(GrowingType::bytesPerHour).sum();
        Stream<GrowingType> keys = growing.stream().filter(RedisJudge::isKeys);
        double ofKeys = growing.stream()
                .filter(RedisJudge::isKeys)
                .mapToDouble(GrowingType::bytesPerHour)
                .max()
                .orElse(0);
        List<GrowingType> parts = growing.stream()
                .filter(type -> !isKeys(type) && type.bytesPerHour() >= LEAST_SHARE_OF_GROWTH * all)
                .map(RedisJudge::uncounted)
                .sorted(Comparator.comparingDouble(GrowingType::bytesPerHour).reversed())
                .toList();
        boolean first = !parts.isEmpty() && parts.getFirst().bytesPerHour() > ofKeys;
        return (first ? Stream.concat(parts.stream(), keys) : Stream.concat(keys, parts.stream())).toList();
    }

    /// Bytes alone are known of a part.
    private static GrowingType uncounted(GrowingType part) {
        return new GrowingType(part.type(), 0, part.bytesPerHour(), part.tailShare(), part.since());
    }

    /// Whether there are enough surveys to tell which groups grow.
    public static boolean areEnough(List<RedisSurvey> surveys) {
        return TypeHistories.areEnough(surveys.stream().map(RedisJudge::counted).toList());
    }

    private static Histogram counted(RedisSurvey survey) {
        Stream<TypeCount> keys =
                survey.groups().stream().map(group -> new TypeCount(name(group), group.keys(), group.bytes()));
        Stream<TypeCount> parts = survey.parts().entrySet().stream()
                .filter(part -> tells(survey, part.getKey()))
                .map(part -> new TypeCount(part.getKey(), part.getValue(), part.getValue()));
        return new Histogram(
                survey.at(), Duration.ZERO, true, Stream.concat(keys, parts).toList());
    }

    /// What waits for clients is part of all their buffers, and is asked of them one by one where that is allowed.
    private static boolean tells(RedisSurvey survey, String part) {
        return TELLING_PARTS.contains(part)
                && !(part.equals("client buffers") && survey.parts().containsKey(OUTPUT_BUFFERS));
    }

    private static String name(KeyGroup group) {
        return KEYS + group.pattern();
    }

    /// What leaks, once it is known what grows.
    ///
    /// @param client the one that most waits for, in words, where it is known
    public static Optional<Culprit> culprit(RedisSurvey now, List<GrowingType> growing, Optional<String> client) {
        if (growing.isEmpty()) {
            return Optional.empty();
        }
        GrowingType lead = growing.getFirst();
        String limit = now.limit() == 0 ? "no limit" : "a limit of " + Figures.bytes(now.limit());
        List<String> holder = new ArrayList<>();
        holder.add("redis " + now.version() + " with " + limit + " and the policy " + now.policy());
        holder.add(holder(now, lead));
        if (lead.type().equals(OUTPUT_BUFFERS)) {
            client.ifPresent(holder::add);
        }
        return Optional.of(new Culprit(
                shape(lead),
                growing.stream().map(GrowingType::accumulation).toList(),
                holder,
                List.of(),
                Optional.of(SERVER + now.version()),
                Optional.empty(),
                Optional.empty()));
    }

    /// What ends it; empty if the culprit is none of a Redis server.
    static Optional<String> remedy(Culprit culprit) {
        Optional<Accumulation> lead = culprit.lead();
        if (lead.isEmpty()
                || culprit.library().filter(purl -> purl.startsWith(SERVER)).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (culprit.shape()) {
                    case CACHE ->
                        "give " + lead.get().type()
                                + " an expiry where they are written, or the server a limit and a policy that makes room.";
                    case CLIENT_BUFFERS ->
                        "mend or disconnect the client that does not read, and set client-output-buffer-limit.";
                    case SCRIPTS ->
                        "SCRIPT FLUSH for relief; then send scripts with their values as arguments, not in their text.";
                    case SERVER_MEMORY,
                            OBJECTS,
                            THREADS,
                            CLASSES,
                            DELETE_ON_EXIT,
                            DIRECT_MEMORY,
                            NATIVE_MEMORY,
                            SESSIONS,
                            CONNECTIONS,
                            STATEMENTS,
                            SCHEDULED_TASKS,
                            THREAD_LOCALS,
                            LISTENERS,
                            FINALIZERS ->
                        "look for a fixed version of " + culprit.library().orElse("the server") + ".";
                });
    }

    private static Shape shape(GrowingType lead) {
        if (isKeys(lead)) {
            return Shape.CACHE;
        }
        return switch (lead.type()) {
            case OUTPUT_BUFFERS, "client buffers" -> Shape.CLIENT_BUFFERS;
            case SCRIPTS -> Shape.SCRIPTS;
            default -> Shape.SERVER_MEMORY;
        };
    }

    private static String holder(RedisSurvey now, GrowingType lead) {
        return now.groups().stream()
                .filter(group -> name(group).equals(lead.type()))
                .findFirst()
                .map(group -> name(group) + ", " + Math.round(100 * (1 - group.expiryShare()))
                        + " % of them without an expiry")
                .orElse(lead.type());
    }
}
