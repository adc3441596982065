package io.staunch.diagnose;

import io.staunch.detect.Sample;
import io.staunch.detect.Series;
import io.staunch.detect.Verdict;
import io.staunch.detect.Verdict.Leaking;
import io.staunch.detect.Verdict.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was recorded of the drill `payments` on 2026-11-21, before anybody acted: the gateway grows by 24 MiB a
/// minute, the ways around it stay quick.
final class RecordedIncident {
    static final Instant START = Instant.parse("2026-11-21T01:09:00Z");
    static final Instant NOW = START.plusSeconds(60);

    private RecordedIncident() {}

    static Observations payments(Change... changes) {
        Judgement leak = new Judgement(
                Series.LIVE_SET,
                new Leaking(
                        new Rate(24.2 * 60 * 1048576, 23e8 / 2, 16e8),
                        START,
                        Optional.empty(),
                        0.999,
                        "live set grows steadily by 24.2 MiB a minute"));
        Culprit culprit = new Culprit(
                Shape.OBJECTS,
                List.of(new Accumulation("io.staunch.shop.gateway.RiskAssessment", 1_393 * 60, 14e8)),
                List.of("io.staunch.shop.gateway.Ledger.assessments"),
                List.of("io.staunch.shop.gateway.RiskAssessment.<init>(RiskAssessment.java:24)"),
                Optional.of("pkg:maven/io.staunch.shop/payment-gateway@1.9.0"),
                Optional.empty(),
                Optional.empty());
        Held held = new Held(true, culprit.accumulating(), Map.of(), false, Optional.of(culprit));
        return new Observations(
                        new Measured(
                                START,
                                NOW,
                                Map.of(
                                        Hop.CONNECT.of("payment-gateway"),
                                        series(0.00028, 0.00014),
                                        Hop.CONNECT.of("database"),
                                        series(0.00007, 0.00024),
                                        Hop.POOL_WAIT,
                                        series(0.00022, 0.00001),
                                        Hop.QUERY,
                                        series(0.011, 0.013),
                                        Hop.PER_CLIENT,
                                        series(1.72, 1.73),
                                        Series.REQUESTS,
                                        series(602, 612)),
                                Map.of(),
                                List.of(leak),
                                leak),
                        held)
                .with(List.of(changes), Map.of());
    }

    static Neighbour beside(String service, Verdict verdict) {
        return new Neighbour(
                service, false, new Judgement(Series.LIVE_SET, verdict), List.of(), Duration.ofSeconds(60));
    }

    static List<Sample> series(double early, double late) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            samples.add(new Sample(START.plusSeconds(i), i < 30 ? early : late));
        }
        return samples;
    }

    static Suspect suspect(Observations observations, String id) {
        return SuspectBoard.judge(observations).stream()
                .filter(suspect -> suspect.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected a suspect " + id + " on the board, found none"));
    }

    static List<String> rules(Suspect suspect) {
        return suspect.clues().stream().map(Clue::rule).toList();
    }
}
