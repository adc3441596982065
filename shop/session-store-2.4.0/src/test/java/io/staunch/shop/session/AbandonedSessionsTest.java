package io.staunch.shop.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The bug of this version, written down so that nobody repairs it here: the incident needs it.
final class AbandonedSessionsTest {
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    @Test
    void sessionsThatNobodyAsksForAgainStayForEver() {
        ManualClock clock = new ManualClock();
        try (SessionStore store = new SessionStore(LIFETIME, clock)) {
            for (int hour = 1; hour <= 10; hour++) {
                for (int i = 0; i < 100; i++) {
                    CartSession _ = store.open(new Visitor("127.0.0.1", "a browser", "en", "/"));
                }
                clock.advance(Duration.ofHours(1));
                assertThat(store.size()).isEqualTo(hour * 100);
            }
        }
    }

    @Test
    void anExpiredSessionThatIsAskedForIsRemoved() {
        ManualClock clock = new ManualClock();
        try (SessionStore store = new SessionStore(LIFETIME, clock)) {
            CartSession session = store.open(new Visitor("127.0.0.1", "a browser", "en", "/"));
            clock.advance(LIFETIME);
            assertThat(store.find(session.id())).isEmpty();
            assertThat(store.size()).isZero();
        }
    }
}
