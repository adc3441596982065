package io.staunch.diagnose;

import static io.staunch.diagnose.RecordedIncident.NOW;
import static io.staunch.diagnose.RecordedIncident.beside;
import static io.staunch.diagnose.RecordedIncident.payments;
import static io.staunch.diagnose.RecordedIncident.rules;
import static io.staunch.diagnose.RecordedIncident.series;
import static io.staunch.diagnose.RecordedIncident.suspect;
import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict.Leaking;
import io.staunch.detect.Verdict.Rate;
import io.staunch.detect.Verdict.Steady;
import io.staunch.detect.Verdict.Unknown;
import io.staunch.diagnose.Change.ReleaseElsewhere;
import io.staunch.diagnose.Change.Restart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NeighbourSuspectsTest {
    private static final Leaking LEAK =
            new Leaking(new Rate(6e8, 5e8, 7e8), NOW.minusSeconds(40), Optional.empty(), 0.999, "live set grows");

    @Test
    void aServiceThatDoesNotLeakIsCleared() {
        Suspect api =
                suspect(payments().beside(List.of(beside("shop-api", new Steady("no change")))), "service:shop-api");
        assertThat(api.finding()).isEqualTo(Finding.CLEARED);
        assertThat(rules(api)).containsExactly("service.does-not-leak");
    }

    @Test
    void aServiceOfWhichNothingIsKnownYetIsClearedOnceItsRestartWasInVain() {
        Observations restarted = payments(new Restart(NOW.minusSeconds(20), "shop-api"))
                .beside(List.of(beside("shop-api", new Unknown("too few samples"))));
        assertThat(suspect(restarted, "service:shop-api").finding()).isEqualTo(Finding.CLEARED);
    }

    @Test
    void aServiceThatLeaksTooIsLeftOpen() {
        Suspect api = suspect(payments().beside(List.of(beside("shop-api", LEAK))), "service:shop-api");
        assertThat(api.finding()).isEqualTo(Finding.INCONCLUSIVE);
        assertThat(rules(api)).containsExactly("service.leaks-too");
    }

    @Test
    void aServiceThatGrowsByFarLessIsCleared() {
        Leaking slow = new Leaking(
                new Rate(4e7, 3e7, 5e7), NOW.minusSeconds(40), Optional.empty(), 0.99, "live set grows a little");
        Suspect api = suspect(payments().beside(List.of(beside("shop-api", slow))), "service:shop-api");
        assertThat(api.finding()).isEqualTo(Finding.CLEARED);
        assertThat(rules(api)).containsExactly("service.grows-far-less");
    }

    @Test
    void aReleaseOfAServiceThatDoesNotLeakIsCleared() {
        Observations deployed = payments(new ReleaseElsewhere(NOW.minusSeconds(50), "shop-api", "2.3.1"))
                .beside(List.of(beside("shop-api", new Steady("no change"))));
        Suspect release = suspect(deployed, "release:shop-api@2.3.1");
        assertThat(release.finding()).isEqualTo(Finding.CLEARED);
        assertThat(rules(release)).containsExactly("release.of-another-service");
    }

    @Test
    void anotherInstanceThatGrowsAtTheSameRateSpeaksAgainstTooLittleCapacity() {
        Neighbour fresh = new Neighbour(
                "payment-gateway (pid 12)",
                true,
                new Judgement(Series.LIVE_SET, LEAK),
                List.of(new Accumulation("io.staunch.shop.gateway.RiskAssessment", 700 * 60, 7e8)),
                Duration.ofSeconds(40));
        Suspect capacity = suspect(payments().beside(List.of(fresh)), "capacity");
        assertThat(capacity.finding()).isEqualTo(Finding.CLEARED);
        assertThat(rules(capacity)).contains("capacity.other-instances-grow-too");
        assertThat(capacity.evidence().getLast())
                .contains(
                        "in payment-gateway (pid 12) io.staunch.shop.gateway.RiskAssessment grows too, by 700 a minute (here by 1,393)");
    }

    @Test
    void visitorsWhoAskNoMoreThanBeforeAreNoAttack() {
        Suspect attack = suspect(payments(), "attack");
        assertThat(attack.finding()).isEqualTo(Finding.CLEARED);
        assertThat(rules(attack)).containsExactly("attack.level-per-visitor");
    }

    @Test
    void visitorsWhoEachAskTwiceAsMuchAreLeftOpen() {
        Observations busy = payments().with(List.of(), Map.of(Hop.PER_CLIENT, series(1.7, 3.6)));
        assertThat(suspect(busy, "attack").finding()).isEqualTo(Finding.INCONCLUSIVE);
    }
}
