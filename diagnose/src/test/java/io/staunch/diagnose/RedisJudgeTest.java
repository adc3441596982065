package io.staunch.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.collect.RedisSurvey;
import io.staunch.collect.RedisSurvey.KeyGroup;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Growing;
import io.staunch.detect.Verdict.Leaking;
import io.staunch.detect.Verdict.Rate;
import io.staunch.detect.Verdict.Steady;
import io.staunch.detect.Verdict.Unknown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// On figures as the drill `cache` records them: carts without an expiry, 5 MB a minute, a limit of 16 MB.
class RedisJudgeTest {
    private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");
    private static final long MB = 1_000_000;
    private static final Verdict GROWS =
            new Leaking(new Rate(3e8, 2.9e8, 3.1e8), START, Optional.empty(), 0.999, "grows");

    @Test
    void aCacheThatMakesRoomAtItsLimitIsBounded() {
        RedisSurvey lru = survey(0, 4 * MB, 6 * MB, "allkeys-lru", 0, 0);
        assertThat(RedisJudge.judge(GROWS, lru, growing(lru)))
                .isInstanceOfSatisfying(
                        Growing.class,
                        growing -> assertThat(growing.explanation()).isEqualTo(Verdict.Explanation.BOUNDED));
    }

    @Test
    void aFullCacheThatMakesRoomDoesNotGrowAnyMore() {
        RedisSurvey full = survey(60, 6 * MB, 6 * MB, "allkeys-lru", 0, 1_517);
        assertThat(RedisJudge.judge(GROWS, full, growing(full)))
                .isInstanceOfSatisfying(
                        Growing.class,
                        growing -> assertThat(growing.rate().perHour()).isZero());
    }

    @Test
    void keysWithoutExpiryInACacheThatNeverMakesRoomAreALeak() {
        RedisSurvey now = survey(30, 8 * MB, 16 * MB, "noeviction", 0, 0);
        List<GrowingType> growing = growing(now);
        assertThat(RedisJudge.judge(GROWS, now, growing)).isInstanceOf(Leaking.class);
        Culprit culprit = RedisJudge.culprit(now, growing, Optional.empty()).orElseThrow();
        assertThat(culprit.lead().orElseThrow().type()).isEqualTo("keys cart:*");
        assertThat(culprit.holder())
                .containsExactly(
                        "redis 6.2.11 with a limit of 15.3 MiB and the policy noeviction",
                        "keys cart:*, 100 % of them without an expiry");
    }

    @Test
    void roomAmongExpiringKeysHelpsNoneThatNeverExpire() {
        RedisSurvey now = survey(30, 8 * MB, 16 * MB, "volatile-lru", 0, 0);
        assertThat(RedisJudge.judge(GROWS, now, growing(now))).isInstanceOf(Leaking.class);
    }

    @Test
    void keysThatExpireByThemselvesAreWatchedForLonger() {
        RedisSurvey now = survey(30, 8 * MB, 16 * MB, "noeviction", 1, 0);
        assertThat(RedisJudge.judge(GROWS, now, growing(now))).isInstanceOf(Unknown.class);
    }

    @Test
    void aServerThatRefusesWritesIsNotCalledWellBecauseItsMemoryIsLevel() {
        RedisSurvey full = survey(120, 16 * MB, 16 * MB, "noeviction", 0, 0);
        assertThat(RedisJudge.judge(new Steady("level"), full, List.of()))
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.why()).contains("writes are refused"));
    }

    @Test
    void whatWaitsForAClientIsALeakEvenInACacheThatMakesRoom() {
        List<RedisSurvey> surveys = withPart("client output buffers");
        List<GrowingType> growing = RedisJudge.growing(surveys);
        assertThat(RedisJudge.judge(GROWS, surveys.getLast(), growing)).isInstanceOf(Leaking.class);
        Culprit culprit = RedisJudge.culprit(surveys.getLast(), growing, Optional.of("client reports"))
                .orElseThrow();
        assertThat(culprit.shape()).isEqualTo(Shape.CLIENT_BUFFERS);
        assertThat(culprit.lead().orElseThrow().type()).isEqualTo("client output buffers");
        assertThat(culprit.lead().orElseThrow().instancesPerHour()).isZero();
        assertThat(culprit.holder()).endsWith("client output buffers", "client reports");
        assertThat(RedisJudge.remedy(culprit).orElseThrow()).contains("client that does not read");
    }

    @Test
    void scriptsThatPileUpAreNamed() {
        List<RedisSurvey> surveys = withPart("scripts");
        Culprit culprit = RedisJudge.culprit(surveys.getLast(), RedisJudge.growing(surveys), Optional.empty())
                .orElseThrow();
        assertThat(culprit.shape()).isEqualTo(Shape.SCRIPTS);
    }

    @Test
    void theOverheadOfKeysIsNoPartOfItsOwn() {
        assertThat(RedisJudge.growing(withPart("overhead of keys and clients"))).isEmpty();
    }

    /// Keys that stay as they are, beside a part that grows by 20 MB a minute.
    private static List<RedisSurvey> withPart(String part) {
        List<RedisSurvey> surveys = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            RedisSurvey level = survey(3 * i, 4 * MB, 64 * MB, "allkeys-lru", 0, 0);
            surveys.add(new RedisSurvey(
                    level.at(),
                    level.version(),
                    "",
                    level.used() + i * MB,
                    level.limit(),
                    level.policy(),
                    0,
                    level.refused(),
                    level.keys(),
                    level.sampled(),
                    level.groups(),
                    Map.of(part, i * MB)));
        }
        return surveys;
    }

    private static List<GrowingType> growing(RedisSurvey last) {
        List<RedisSurvey> surveys = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            surveys.add(survey(3 * i, (i + 1) * MB, last.limit(), last.policy(), share(last), 0));
        }
        assertThat(RedisJudge.areEnough(surveys)).isTrue();
        return RedisJudge.growing(surveys);
    }

    private static double share(RedisSurvey survey) {
        return survey.groups().getFirst().expiryShare();
    }

    private static RedisSurvey survey(
            int second, long used, long limit, String policy, double expiryShare, long evicted) {
        return new RedisSurvey(
                START.plusSeconds(second),
                "6.2.11",
                "",
                used,
                limit,
                policy,
                evicted,
                OptionalLong.of(0),
                used / 3_000 + 40,
                1_000,
                List.of(
                        new KeyGroup("cart:*", used / 3_000, used, expiryShare),
                        new KeyGroup("product:*", 40, 20_000, 1)),
                Map.of());
    }
}
