package io.staunch.shop.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AbandonedSessionsTest {
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    @Test
    void whoeverOpensASessionRemovesThoseThatNobodyAsksForAgain() {
        ManualClock clock = new ManualClock();
        try (SessionStore store = new SessionStore(LIFETIME, clock)) {
            for (int hour = 1; hour <= 10; hour++) {
                for (int i = 0; i < 100; i++) {
                    CartSession _ = store.open(new Visitor("127.0.0.1", "a browser", "en", "/"));
                }
                assertThat(store.size()).isEqualTo(100);
                clock.advance(Duration.ofHours(1));
            }
        }
    }

    @Test
    void sessionsInUseSurviveTheCleanUp() {
        ManualClock clock = new ManualClock();
        try (SessionStore store = new SessionStore(LIFETIME, clock)) {
            CartSession used = store.open(new Visitor("127.0.0.1", "a browser", "en", "/"));
            for (int i = 0; i < 10; i++) {
                clock.advance(LIFETIME.dividedBy(2));
                CartSession _ = store.open(new Visitor("127.0.0.1", "a browser", "en", "/"));
                assertThat(store.find(used.id())).isPresent();
            }
        }
    }
}
