package io.staunch.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.server.WatchedTarget;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private final Alerts alerts =
            new Alerts(Duration.ofMinutes(2), Duration.ofMinutes(5), URI.create("http://localhost:8710/"));

    @Test
    void aLeakIsToldOnceItHasStoodAndTakenBackOnceItIsGoneForAWhile() {
        List<WatchedTarget> leak = List.of(Instances.leaking("shop", 1));
        List<WatchedTarget> none = List.of(Instances.steady("shop", 1));
        assertThat(look(leak, 0)).isEmpty();
        assertThat(look(leak, 119)).isEmpty();
        assertThat(look(leak, 120)).singleElement().satisfies(alert -> {
            assertThat(alert.isFiring()).isTrue();
            assertThat(alert.since()).isEqualTo(Instances.NOON);
            assertThat(alert.page()).isEqualTo("http://localhost:8710/#/t/1-1");
        });
        assertThat(look(none, 300)).singleElement().matches(Alert::isFiring);
        assertThat(look(none, 420)).singleElement().matches(alert -> !alert.isFiring());
        assertThat(look(none, 425)).isEmpty();
    }

    @Test
    void aVerdictThatDoesNotStandIsNeverTold() {
        assertThat(look(List.of(Instances.leaking("shop", 1)), 0)).isEmpty();
        assertThat(look(List.of(Instances.steady("shop", 1)), 130)).isEmpty();
        assertThat(look(List.of(Instances.leaking("shop", 1)), 200)).isEmpty();
    }

    @Test
    void allInstancesOfAServiceAreOneAlertThatEndsWithTheFirstToFail() {
        List<WatchedTarget> targets = List.of(
                Instances.leaking("shop", 3),
                Instances.leaking("shop", 2),
                Instances.leaking("auth", 1),
                Instances.steady("shop", 4));
        look(targets, 0);
        List<Alert> told = look(targets, 120);
        assertThat(told).extracting(Alert::service).containsExactly("auth", "shop");
        assertThat(told.getLast().instances()).containsExactly("2-1", "3-1");
        assertThat(told.getLast().exhaustion()).hasValue(Instances.NOON.plus(Duration.ofHours(2)));
    }

    private List<Alert> look(List<WatchedTarget> targets, long second) {
        Instant now = Instances.NOON.plusSeconds(second);
        return alerts.look(targets, now);
    }
}
