package io.staunch.server.alert;

import io.staunch.collect.Collector;
import io.staunch.collect.Cost;
import io.staunch.collect.JvmInfo;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Instances of services, that leak or do not.
final class Instances {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Instances() {}

    static WatchedTarget leaking(String service, long pid) {
        return instance(
                service,
                pid,
                new Verdict.Leaking(
                        new Verdict.Rate(1e8, 9e7, 1.1e8),
                        NOON,
                        Optional.of(new Verdict.Exhaustion(
                                NOON.plus(Duration.ofHours(pid)), NOON.plusSeconds(1), Optional.empty())),
                        0.99,
                        "grows by 95 MiB an hour"));
    }

    static WatchedTarget steady(String service, long pid) {
        return instance(service, pid, new Verdict.Steady("does not grow"));
    }

    private static WatchedTarget instance(String service, long pid, Verdict verdict) {
        JvmInfo jvm = new JvmInfo(
                pid,
                service + ".jar",
                "25",
                "HotSpot",
                Collector.G1,
                "shop",
                Optional.empty(),
                Instant.ofEpochSecond(1),
                List.of(),
                JvmInfo.Way.JMX);
        Judgement overall = new Judgement(Series.LIVE_SET, verdict);
        Outcome outcome = new Outcome(
                jvm,
                NOON,
                Duration.ofHours(1),
                new Diagnosis(NOON, overall, List.of(overall), Optional.empty(), List.of(), "wait"),
                new Observations(new Measured(NOON, NOON, Map.of(), Map.of(), List.of(overall), overall), Held.UNKNOWN),
                List.of(),
                Cost.NONE,
                Optional.empty());
        return new WatchedTarget(jvm, service, Optional.of(outcome), Optional.empty());
    }

    /// Of one incident of two instances, about which there is a page of the playbook.
    static Alert alert(Alert.Phase phase, String why, Optional<Instant> exhaustion) {
        return new Alert(
                "20260301-shop-api-1",
                "shop-api",
                NOON,
                List.of("1-1", "2-1"),
                phase,
                why,
                Optional.of("com.shop.CartSession"),
                exhaustion,
                List.of(),
                "http://localhost:8710/playbook/sessions",
                "http://localhost:8710/#/");
    }
}
