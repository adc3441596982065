package io.staunch.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict.Rate;
import io.staunch.incident.Growth;
import io.staunch.incident.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrillResultTest {
    private static final Instant LEAKY = Instant.parse("2026-01-01T10:00:00Z");

    @Test
    void aLeakThatWasFoundAfterItCameAndEndedIsRecovered() {
        DrillResult result = result(LEAKY.plusSeconds(40), Incident.Status.RECOVERED, true);
        assertThat(result.recovered()).isTrue();
        assertThat(result.json()).containsEntry("outcome", "recovered").containsEntry("secondsToDetect", 40.0);
    }

    @Test
    void aLeakThatWasCalledBeforeThereWasOneIsAFalseAlarm() {
        DrillResult result = result(LEAKY.minusSeconds(40), Incident.Status.RECOVERED, true);
        assertThat(result.isFalseAlarm()).isTrue();
        assertThat(result.recovered()).isFalse();
    }

    @Test
    void theWrongServiceOrAGrowthThatWentOnIsNotRecovered() {
        assertThat(result(LEAKY.plusSeconds(40), Incident.Status.RECOVERED, false)
                        .recovered())
                .isFalse();
        assertThat(result(LEAKY.plusSeconds(40), Incident.Status.NOT_RECOVERED, true)
                        .recovered())
                .isFalse();
    }

    private static DrillResult result(Instant detected, Incident.Status status, boolean rightService) {
        Incident incident = new Incident(
                "20260101-shop-api-1",
                "shop-api",
                "jvm 4242",
                status,
                detected,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Growth(Series.LIVE_SET, new Rate(9e8, 8e8, 1e9), LEAKY, Optional.empty(), 0.99, "grows"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        return new DrillResult(DrillName.SESSIONS, LEAKY, Optional.of(incident), Optional.empty(), rightService);
    }
}
