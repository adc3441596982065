package io.staunch.server.web;

import io.staunch.collect.Collector;
import io.staunch.collect.Cost;
import io.staunch.collect.JvmInfo;
import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.diagnose.Diagnosis;
import io.staunch.diagnose.Held;
import io.staunch.diagnose.Judgement;
import io.staunch.diagnose.Measured;
import io.staunch.diagnose.Observations;
import io.staunch.server.Outcome;
import io.staunch.server.WatchedTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Instances of a shop whose live set grows at a known pace.
final class Canaries {
    static final Instant STARTED = Instant.parse("2026-03-01T10:00:00Z");
    private static final double MIB = 1 << 20;

    private Canaries() {}

    static JvmInfo jvm(long pid, String release) {
        return new JvmInfo(
                pid,
                "shop.jar",
                "25",
                "HotSpot",
                Collector.G1,
                "shop",
                Optional.of(release),
                STARTED,
                List.of(),
                JvmInfo.Way.JMX);
    }

    /// One that was watched for so many minutes, a sample every ten seconds with noise of a mebibyte.
    static WatchedTarget instance(long pid, String release, int minutes, double mebibytesPerHour) {
        return seen(pid, release, 0, minutes, mebibytesPerHour);
    }

    /// One that is known from an uptime of `from` minutes on, up to one of `minutes`.
    static WatchedTarget seen(long pid, String release, int from, int minutes, double mebibytesPerHour) {
        Random random = new Random(pid);
        List<Sample> floor = new ArrayList<>();
        for (int i = 6 * from; i < 6 * minutes; i++) {
            double grown = mebibytesPerHour * i / 360;
            floor.add(new Sample(STARTED.plusSeconds(10L * i), (200 + grown + random.nextDouble()) * MIB));
        }
        Instant now = STARTED.plus(Duration.ofMinutes(minutes));
        Judgement overall = new Judgement(Series.LIVE_SET, new Verdict.Unknown("too early"));
        Observations seen = new Observations(
                new Measured(STARTED, now, Map.of(Series.LIVE_SET, floor), Map.of(), List.of(overall), overall),
                Held.UNKNOWN);
        Outcome outcome = new Outcome(
                jvm(pid, release),
                STARTED,
                Duration.ofMinutes(minutes),
                new Diagnosis(now, overall, List.of(overall), Optional.empty(), List.of(), "wait"),
                seen,
                List.of(),
                Cost.NONE,
                Optional.empty());
        return new WatchedTarget(jvm(pid, release), "shop", Optional.of(outcome), Optional.empty());
    }
}
