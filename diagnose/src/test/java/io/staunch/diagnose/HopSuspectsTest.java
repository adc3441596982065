package io.staunch.diagnose;

import static io.staunch.diagnose.RecordedIncident.NOW;
import static io.staunch.diagnose.RecordedIncident.payments;
import static io.staunch.diagnose.RecordedIncident.rules;
import static io.staunch.diagnose.RecordedIncident.series;
import static io.staunch.diagnose.RecordedIncident.suspect;
import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.detect.Series;
import io.staunch.detect.Verdict.Steady;
import io.staunch.diagnose.Change.Restart;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HopSuspectsTest {
    @Test
    void aNetworkThatAcceptsConnectionsAtOnceIsCleared() {
        Suspect network = suspect(payments(), "network");
        assertThat(network.finding()).isEqualTo(Finding.CLEARED);
        assertThat(rules(network)).containsExactly("network.connect-times");
        assertThat(network.evidence().getFirst()).contains("connect time: payment-gateway 0.28 ms before, 0.14 ms now");
    }

    @Test
    void aDatabaseThatNobodyWaitsForAndThatAnswersAsBeforeIsCleared() {
        assertThat(suspect(payments(), "database").finding()).isEqualTo(Finding.CLEARED);
    }

    @Test
    void aDatabaseThatGotSlowBesideALeakIsLeftOpen() {
        Observations slow = payments().with(List.of(), Map.of(Hop.QUERY, series(0.011, 0.4)));
        assertThat(suspect(slow, "database").finding()).isEqualTo(Finding.INCONCLUSIVE);
    }

    @Test
    void aDatabaseThatGotSlowWithoutALeakIsImplicated() {
        Judgement steady = new Judgement(Series.LIVE_SET, new Steady("no change"));
        Observations slow = new Observations(
                new Measured(
                        RecordedIncident.START,
                        NOW,
                        Map.of(Hop.QUERY, series(0.011, 0.4)),
                        Map.of(),
                        List.of(steady),
                        steady),
                Held.UNKNOWN);
        assertThat(suspect(slow, "database").finding()).isEqualTo(Finding.IMPLICATED);
    }

    @Test
    void aLoadBalancerThatIsNotThereIsNotMeasured() {
        assertThat(suspect(payments(), "load-balancer").finding()).isEqualTo(Finding.NOT_MEASURED);
    }

    @Test
    void aLoadBalancerThatWasRestartedInVainIsClearedEvenIfItsTimesMoved() {
        Observations slow = payments(new Restart(NOW.minusSeconds(30), "shop-balancer"))
                .with(List.of(), Map.of(Hop.BALANCER, series(0.01, 0.3)));
        Suspect balancer = suspect(slow, "load-balancer");
        assertThat(balancer.finding()).isEqualTo(Finding.CLEARED);
        assertThat(rules(balancer)).containsExactly("service.restarted-in-vain", "load-balancer.own-time");
    }

    @Test
    void aRestartOfAMomentAgoDecidesNothing() {
        Suspect balancer = suspect(payments(new Restart(NOW.minusSeconds(3), "shop-balancer")), "load-balancer");
        assertThat(balancer.finding()).isEqualTo(Finding.INCONCLUSIVE);
        assertThat(rules(balancer)).containsExactly("service.just-restarted");
    }
}
