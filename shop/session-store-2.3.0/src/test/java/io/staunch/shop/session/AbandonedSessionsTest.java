package io.staunch.shop.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AbandonedSessionsTest {
    private static final Duration LIFETIME = Duration.ofMillis(40);

    @Test
    void theSweeperRemovesSessionsThatNobodyAsksForAgain() throws InterruptedException {
        ManualClock clock = new ManualClock();
        try (SessionStore store = new SessionStore(LIFETIME, clock)) {
            for (int i = 0; i < 1_000; i++) {
                CartSession _ = store.open(new Visitor("127.0.0.1", "a browser", "en", "/"));
            }
            assertThat(store.size()).isEqualTo(1_000);
            clock.advance(LIFETIME);
            for (int i = 0; i < 500 && store.size() > 0; i++) {
                Thread.sleep(10);
            }
            assertThat(store.size()).isZero();
        }
    }
}
