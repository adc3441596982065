package io.staunch.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.staunch.server.alert.Receiver.Got;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The contracts of the receivers, as their documentation has them.
class RouteTest {
    private static final Alert FIRING = alert(Alert.Phase.FIRING);
    private static final Alert RESOLVED = alert(Alert.Phase.RESOLVED);

    private static Alert alert(Alert.Phase phase) {
        return Instances.alert(phase, "grows by 95 MiB an hour", Optional.of(Instances.NOON.plus(Duration.ofHours(2))));
    }

    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void alertmanagerGetsOneAlertWithNothingMeasuredInItsLabelsAndAnEnd() throws Exception {
        Route route = new AlertRoute(
                        AlertRoute.Kind.ALERTMANAGER, Optional.of(receiver.at("/")), Optional.empty(), Optional.empty())
                .open();
        route.tell(FIRING, Optional.empty(), Instances.NOON.plusSeconds(60));
        Got got = receiver.next().orElseThrow();
        assertThat(got.path()).isEqualTo("/api/v2/alerts");
        assertThat(got.body().size()).isEqualTo(1);
        JsonNode alert = got.body().get(0);
        assertThat(alert.get("labels").toString())
                .contains("\"MemoryLeak\"", "\"shop-api\"", "\"20260301-shop-api-1\"")
                .doesNotContain("95");
        assertThat(alert.get("annotations").get("summary").asString())
                .isEqualTo("Memory leak in shop-api: com.shop.CartSession piles up");
        assertThat(alert.get("annotations").get("runbook_url").asString())
                .isEqualTo("http://localhost:8710/playbook/sessions");
        assertThat(alert.get("startsAt").asString()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(alert.get("endsAt").asString()).isEqualTo("2026-03-01T12:06:00Z");
        route.tell(RESOLVED, Optional.empty(), Instances.NOON.plusSeconds(90));
        JsonNode end = receiver.next().orElseThrow().body().get(0);
        assertThat(end.get("labels")).isEqualTo(alert.get("labels"));
        assertThat(end.get("endsAt").asString()).isEqualTo("2026-03-01T12:01:30Z");
        assertThat(route.again()).hasValue(Duration.ofMinutes(1));
    }

    @Test
    void pagerDutyGetsATriggerAndAResolveUnderOneKey() throws Exception {
        Route route = new AlertRoute(
                        AlertRoute.Kind.PAGERDUTY,
                        Optional.of(receiver.at("/v2/enqueue")),
                        Optional.of("routing-key"),
                        Optional.empty())
                .open();
        receiver.answers(202, "{\"status\": \"success\"}");
        route.tell(FIRING, Optional.empty(), Instances.NOON);
        JsonNode trigger = receiver.next().orElseThrow().body();
        assertThat(trigger.get("routing_key").asString()).isEqualTo("routing-key");
        assertThat(trigger.get("event_action").asString()).isEqualTo("trigger");
        assertThat(trigger.get("payload").get("severity").asString()).isEqualTo("critical");
        assertThat(trigger.get("payload").get("source").asString()).isEqualTo("shop-api");
        assertThat(trigger.get("links").get(0).get("href").asString()).isEqualTo("http://localhost:8710/#/");
        route.tell(RESOLVED, Optional.empty(), Instances.NOON);
        JsonNode resolve = receiver.next().orElseThrow().body();
        assertThat(resolve.get("event_action").asString()).isEqualTo("resolve");
        assertThat(resolve.get("dedup_key")).isEqualTo(trigger.get("dedup_key"));
    }

    @Test
    void slackGetsOneThread() throws Exception {
        Route route = new AlertRoute(
                        AlertRoute.Kind.SLACK,
                        Optional.of(receiver.at("/api/chat.postMessage")),
                        Optional.of("xoxb-secret"),
                        Optional.of("#alerts"))
                .open();
        receiver.answers(200, "{\"ok\": true, \"ts\": \"1772366400.000100\"}");
        Optional<String> thread = route.tell(FIRING, Optional.empty(), Instances.NOON);
        Got first = receiver.next().orElseThrow();
        assertThat(first.authorization()).isEqualTo("Bearer xoxb-secret");
        assertThat(first.body().get("channel").asString()).isEqualTo("#alerts");
        assertThat(first.body().has("thread_ts")).isFalse();
        assertThat(first.body().get("blocks").get(0).get("text").get("type").asString())
                .isEqualTo("mrkdwn");
        receiver.answers(200, "{\"ok\": true, \"ts\": \"1772366460.000200\"}");
        assertThat(route.tell(RESOLVED, thread, Instances.NOON)).isEqualTo(thread);
        assertThat(receiver.next().orElseThrow().body().get("thread_ts").asString())
                .isEqualTo("1772366400.000100");
    }

    @Test
    void slackSaysNoWithA200() {
        Route route = new Slack(receiver.at("/"), "xoxb-secret", "#none");
        receiver.answers(200, "{\"ok\": false, \"error\": \"channel_not_found\"}");
        assertThatThrownBy(() -> route.tell(FIRING, Optional.empty(), Instances.NOON))
                .isInstanceOf(IOException.class)
                .hasMessage("expected ok, found channel_not_found");
    }

    @Test
    void aFailedReceiverIsTriedAgainAndWarnedOf() throws Exception {
        receiver.answers(503, "{}");
        Alerting.Options options = new Alerting.Options(
                Duration.ZERO,
                Optional.empty(),
                List.of(new AlertRoute(
                        AlertRoute.Kind.WEBHOOK,
                        Optional.of(receiver.at("/hook")),
                        Optional.of("secret"),
                        Optional.empty())));
        try (Alerting alerting = Alerting.start(
                options,
                URI.create("http://localhost:8710/"),
                Duration.ofMillis(50),
                new Cases.Seen(() -> Cases.open("shop")),
                Conversations.NONE)) {
            Got got = receiver.next().orElseThrow();
            assertThat(got.body().get("schema").asString()).isEqualTo("staunch.alert/1");
            assertThat(receiver.isQuiet()).isTrue();
            assertThat(alerting.warnings())
                    .singleElement()
                    .asString()
                    .contains("webhook 127.0.0.1", "found 503")
                    .doesNotContain("secret");
        }
    }

    @Test
    void anAlertIsToldOnceHoweverOftenItIsSeenAndItsEndOnce() throws Exception {
        AtomicBoolean leaks = new AtomicBoolean(true);
        Alerting.Options options = new Alerting.Options(
                Duration.ofMillis(100),
                Optional.empty(),
                List.of(new AlertRoute(
                        AlertRoute.Kind.WEBHOOK, Optional.of(receiver.at("/")), Optional.empty(), Optional.empty())));
        try (Alerting alerting = Alerting.start(
                options,
                URI.create("http://localhost:8710/"),
                Duration.ofMillis(50),
                new Cases.Seen(() -> leaks.get() ? Cases.open("shop") : Cases.recovered("shop")),
                Conversations.NONE)) {
            assertThat(receiver.next().orElseThrow().body().get("status").asString())
                    .isEqualTo("firing");
            assertThat(receiver.isQuiet()).isTrue();
            leaks.set(false);
            assertThat(receiver.next().orElseThrow().body().get("status").asString())
                    .isEqualTo("resolved");
            assertThat(receiver.isQuiet()).isTrue();
            assertThat(alerting.warnings()).isEmpty();
        }
    }

    @Test
    void aStoreThatIsAwayHoldsUpNoAlertAndMakesNoneTwice() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        List<Conversation> kept = new CopyOnWriteArrayList<>();
        Conversations store = new Conversations() {
            @Override
            public List<Conversation> kept() throws IOException {
                answer();
                return kept;
            }

            @Override
            public void keep(Conversation conversation) throws IOException {
                answer();
                kept.add(conversation);
            }

            @Override
            public void forget(String receiver, String incident) {}

            private void answer() throws IOException {
                if (away.get()) {
                    throw new IOException("away");
                }
            }
        };
        Alerting.Options options = new Alerting.Options(
                Duration.ZERO,
                Optional.empty(),
                List.of(new AlertRoute(
                        AlertRoute.Kind.WEBHOOK, Optional.of(receiver.at("/")), Optional.empty(), Optional.empty())));
        try (Alerting alerting = Alerting.start(
                options,
                URI.create("http://localhost:8710/"),
                Duration.ofMillis(50),
                new Cases.Seen(() -> Cases.open("shop")),
                store)) {
            assertThat(receiver.next()).isPresent();
            assertThat(receiver.isQuiet()).isTrue();
            away.set(false);
            assertThat(receiver.isQuiet()).isTrue();
            assertThat(kept).singleElement().satisfies(one -> {
                assertThat(one.incident()).isEqualTo("20260301-shop-1");
                assertThat(one.receiver()).startsWith("webhook ").doesNotContain("127.0.0.1");
            });
            assertThat(alerting.warnings()).isEmpty();
        }
    }
}
