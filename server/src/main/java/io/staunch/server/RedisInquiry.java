package io.staunch.server;

import io.staunch.collect.RedisProbe;
import io.staunch.collect.RedisSurvey;
import io.staunch.collect.TargetGone;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Figures;
import io.staunch.diagnose.GrowingType;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.RedisJudge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A Redis server: samples of its keys from time to time, often while its memory grows.
final class RedisInquiry implements Inquiry {
    private static final int SAMPLED_KEYS = 1_000;
    private static final int MOST_SURVEYS = 40;
    private static final int MOST_GROUPS_TOLD = 3;
    /// While nothing grows.
    private static final Duration CALM = Duration.ofMinutes(5);
    /// What no sample of keys bears out must have grown for so long.
    private static final Duration LEAST_UNBORNE_WATCH = Duration.ofMinutes(10);

    private final RedisProbe probe;
    private final SeriesBook book;
    private final Told told;
    private final Duration gap;
    private final boolean calm;
    private final List<RedisSurvey> surveys = new ArrayList<>();
    private List<GrowingType> growing = List.of();
    private boolean hurry;
    private boolean toldOfKeys;
    private boolean toldOfNoKeys;

    /// @param gap  between two samples of keys while its memory grows
    /// @param calm whether they are rare until it does
    RedisInquiry(RedisProbe probe, SeriesBook book, Duration gap, boolean calm, Told told) {
        this.probe = probe;
        this.book = book;
        this.gap = gap;
        this.calm = calm;
        this.told = told;
    }

    @Override
    public boolean climb(Instant now) throws TargetGone {
        Duration rest = calm && !hurry ? CALM : gap;
        if (!surveys.isEmpty() && now.isBefore(surveys.getLast().at().plus(rest))) {
            return false;
        }
        RedisSurvey survey = probe.survey(SAMPLED_KEYS);
        if (survey.sampled() == 0 && survey.keys() > 0 && !toldOfNoKeys) {
            toldOfNoKeys = true;
            told.skipped("no sample of keys: this user may not look at them (SCAN, MEMORY USAGE, TTL)");
        }
        surveys.add(survey);
        if (surveys.size() > MOST_SURVEYS) {
            surveys.removeFirst();
        }
        return false;
    }

    @Override
    public Judged judge(Instant from, Instant now) {
        growing = RedisJudge.growing(surveys);
        List<Judgement> judgements = book.judgements().stream()
                .map(alone -> alone.series().equals(Series.REDIS_USED_MEMORY)
                        ? new Judgement(alone.series(), verdict(alone.verdict(), Duration.between(from, now)))
                        : alone)
                .toList();
        Judgement overall = judgements.stream()
                .filter(judgement -> judgement.series().equals(Series.REDIS_USED_MEMORY))
                .findFirst()
                .orElseGet(() ->
                        new Judgement(Series.REDIS_USED_MEMORY, new Verdict.Unknown("nothing could be measured")));
        return new Judged(judgements, overall);
    }

    private Verdict verdict(Verdict alone, Duration watched) {
        hurry = alone instanceof Verdict.Leaking;
        if (surveys.isEmpty()) {
            return hurry ? new Verdict.Unknown("its memory grows, and no key was looked at yet") : alone;
        }
        Verdict known = RedisJudge.judge(alone, surveys.getLast(), growing);
        boolean borneOut = !growing.isEmpty() || watched.compareTo(LEAST_UNBORNE_WATCH) >= 0;
        if (known instanceof Verdict.Leaking leaking && !borneOut) {
            return new Verdict.Unknown("its memory grows by "
                    + Figures.rate(Series.REDIS_USED_MEMORY, leaking.rate().perHour())
                    + ", but no group of keys and no part of it grows steadily yet");
        }
        return known;
    }

    @Override
    public void weigh(Instant now, Judgement overall) {
        if (hurry && !toldOfKeys && canName()) {
            toldOfKeys = true;
            tell(surveys.getLast());
        }
    }

    private void tell(RedisSurvey survey) {
        String groups = survey.groups().stream()
                .limit(MOST_GROUPS_TOLD)
                .map(group ->
                        group.pattern() + " " + Figures.bytes(group.bytes()) + " in " + Figures.count(group.keys())
                                + " keys, " + Math.round(100 * group.expiryShare()) + " % of them expire")
                .collect(Collectors.joining("; "));
        String parts = survey.parts().entrySet().stream()
                .map(part -> part.getKey() + " " + Figures.bytes(part.getValue()))
                .sorted()
                .collect(Collectors.joining(", "));
        told.observed(
                "sample of " + Figures.count(survey.sampled()) + " keys",
                groups.isEmpty() ? "it holds no key" : groups);
        told.observed("memory", "beside the keys: " + parts);
    }

    @Override
    public boolean canName() {
        return RedisJudge.areEnough(surveys);
    }

    @Override
    public Optional<Culprit> name(Judgement overall) throws TargetGone {
        return surveys.isEmpty()
                ? Optional.empty()
                : RedisJudge.culprit(surveys.getLast(), growing, probe.slowestClient());
    }

    @Override
    public Held held(Optional<Culprit> culprit) {
        return new Held(
                canName(), growing.stream().map(GrowingType::accumulation).toList(), Map.of(), false, culprit);
    }

    @Override
    public void close() {
        // The probe is closed by whoever made it.
    }
}
