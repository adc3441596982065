package io.staunch.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.staunch.incident.Incident;
import io.staunch.server.WatchedTarget;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private final Alerts alerts = new Alerts(Duration.ofMinutes(2), URI.create("http://localhost:8710/"));

    @Test
    void anIncidentIsToldOnceItHasStoodAndUntilItIsClosed() {
        assertThat(look(List.of(Cases.open("shop")), 119)).isEmpty();
        assertThat(look(List.of(Cases.open("shop")), 120)).singleElement().satisfies(alert -> {
            assertThat(alert.isFiring()).isTrue();
            assertThat(alert.incident()).isEqualTo("20260301-shop-1");
            assertThat(alert.since()).isEqualTo(Instances.NOON);
            assertThat(alert.page()).isEqualTo("http://localhost:8710/#/i/20260301-shop-1");
        });
        assertThat(alerts.look(
                        List.of(Cases.recovered("shop")),
                        List.of(),
                        Instances.NOON.plusSeconds(600),
                        Set.of("20260301-shop-1")))
                .singleElement()
                .satisfies(alert -> {
                    assertThat(alert.isFiring()).isFalse();
                    assertThat(alert.acts()).contains("closed: the growth has ended");
                });
    }

    @Test
    void oneThatWasClosedBeforeItWasToldIsNeverTold() {
        assertThat(look(List.of(Cases.open("shop")), 30)).isEmpty();
        assertThat(look(List.of(Cases.recovered("shop")), 130)).isEmpty();
    }

    @Test
    void theRunbookIsThePageOfWhatPilesUp() {
        assertThat(look(List.of(Cases.open("shop")), 120))
                .singleElement()
                .satisfies(alert -> assertThat(alert.runbook()).isEqualTo("http://localhost:8710/playbook/collection"));
        assertThat(look(List.of(Cases.named("shop")), 125))
                .singleElement()
                .satisfies(alert -> assertThat(alert.runbook()).isEqualTo("http://localhost:8710/playbook/sessions"));
    }

    @Test
    void anActIsNews() {
        Alert before = look(List.of(Cases.named("shop")), 120).getFirst();
        Alert after = look(List.of(Cases.acted("shop")), 125).getFirst();
        assertThat(News.of(after).saysMoreThan(News.of(before))).isTrue();
        assertThat(News.of(after).saysMoreThan(News.of(after))).isFalse();
        assertThat(after.acts()).containsExactly("roll shop back from release 2 to 1 (staunch): done");
    }

    @Test
    void anotherInstanceThatLeaksIsNewsAndOneLessIsNone() {
        News one = new News(true, "", List.of(), Set.of("1-1"));
        News both = new News(true, "", List.of(), Set.of("1-1", "2-1"));
        assertThat(both.saysMoreThan(one)).isTrue();
        assertThat(one.saysMoreThan(both)).isFalse();
        assertThat(News.parse(both.text())).isEqualTo(both);
        assertThat(News.of(look(List.of(Cases.acted("shop")), 120).getFirst())
                        .after(both)
                        .instances())
                .containsExactlyInAnyOrder("1-1", "2-1");
    }

    @Test
    void allInstancesOfAServiceAreOneAlertThatEndsWithTheFirstToFail() {
        List<WatchedTarget> targets = List.of(
                Instances.leaking("shop", 3),
                Instances.leaking("shop", 2),
                Instances.leaking("auth", 1),
                Instances.steady("shop", 4));
        List<Alert> told = alerts.look(
                List.of(Cases.open("shop"), Cases.open("auth")), targets, Instances.NOON.plusSeconds(120), Set.of());
        assertThat(told).extracting(Alert::service).containsExactly("auth", "shop");
        assertThat(told.getLast().instances()).containsExactly("2-1", "3-1");
        assertThat(told.getLast().exhaustion()).hasValue(Instances.NOON.plus(Duration.ofHours(2)));
    }

    private List<Alert> look(List<Incident> incidents, long second) {
        Instant now = Instances.NOON.plusSeconds(second);
        return alerts.look(incidents, List.of(), now, Set.of());
    }
}
