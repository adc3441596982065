package io.staunch.server.response;

import io.staunch.collect.Reading;
import io.staunch.collect.RedisSurvey;
import io.staunch.detect.Detector;
import io.staunch.detect.DetectorOptions;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Advice;
import io.staunch.diagnose.Culprit;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.GrowingType;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Measured;
import io.staunch.diagnose.Observations;
import io.staunch.diagnose.RedisJudge;
import io.staunch.diagnose.SuspectBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that is known of one Redis server. Bounded: the oldest surveys and samples go. Not thread-safe.
final class RedisCase {
    private static final int MOST_SURVEYS = 40;
    private static final int MOST_SAMPLES = 2_000;

    private final Instant from;
    private final Detector detector = Detector.of(DetectorOptions.exact());
    private final Map<Series, List<Sample>> histories = new HashMap<>();
    private final Map<Series, Double> limits = new HashMap<>();
    private final List<RedisSurvey> surveys = new ArrayList<>();

    RedisCase(Instant from) {
        this.from = from;
    }

    void accept(List<Reading> readings) {
        for (Reading reading : readings) {
            List<Sample> history = histories.computeIfAbsent(reading.series(), _ -> new ArrayList<>());
            history.add(reading.sample());
            if (history.size() > MOST_SAMPLES) {
                history.removeFirst();
            }
            reading.limit().ifPresent(limit -> limits.put(reading.series(), limit));
            if (reading.series().equals(Series.REDIS_USED_MEMORY)) {
                reading.limit()
                        .ifPresent(limit -> detector.limit(reading.sample().at(), limit));
                detector.accept(reading.sample());
            }
        }
    }

    void accept(RedisSurvey survey) {
        surveys.add(survey);
        if (surveys.size() > MOST_SURVEYS) {
            surveys.removeFirst();
        }
    }

    Known known(Instant now) {
        List<GrowingType> growing = RedisJudge.growing(surveys);
        Verdict verdict = surveys.isEmpty()
                ? new Verdict.Unknown("nothing was read yet")
                : RedisJudge.judge(detector.verdict(), surveys.getLast(), growing);
        Judgement overall = new Judgement(Series.REDIS_USED_MEMORY, verdict);
        Optional<Culprit> culprit =
                overall.isLeak() ? RedisJudge.culprit(surveys.getLast(), growing) : Optional.empty();
        Observations observations = new Observations(
                new Measured(from, now, histories, limits, List.of(overall), overall),
                new Held(
                        RedisJudge.areEnough(surveys),
                        growing.stream().map(GrowingType::accumulation).toList(),
                        Map.of(),
                        false,
                        culprit));
        Diagnosis diagnosis = new Diagnosis(
                now, overall, List.of(overall), culprit, SuspectBoard.judge(observations), Advice.of(observations));
        return new Known(from, Duration.between(from, now), diagnosis, observations, culprit.isPresent());
    }
}
